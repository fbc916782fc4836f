import path from 'node:path';

/** What a person does with the VS Code window. Every wait is for something to be seen. */
export class Workbench {
  constructor(page, artifacts) {
    this.page = page;
    this.artifacts = artifacts;
  }

  /** Keeps a picture of the window as a test artefact. */
  async screenshot(name) {
    await this.page.screenshot({ path: path.join(this.artifacts, `${name}.png`) });
  }

  /** Runs a command from the palette, by its title. */
  async command(title) {
    await this.#pick('F1', `>${title}`, title);
  }

  /** Runs a command that asks something itself, by their titles. */
  async commandThatAsks(title, question) {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget:visible input.input').first();
    await input.fill(`>${title}`);
    await this.page.locator('.quick-input-widget:visible .monaco-list-row.focused', { hasText: title }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.question(question).waitFor();
  }

  /** The quick input with this title. */
  question(title) {
    return this.page.locator('.quick-input-widget:visible .quick-input-title', { hasText: title });
  }

  /** Answers the quick input that asks now with a text. */
  async answer(text) {
    const input = this.page.locator('.quick-input-widget:visible input.input').first();
    await input.fill(text);
  }

  /** Opens a file of the workspace through Quick Open. */
  async open(file) {
    // The folder tells namesakes apart: until the results are in, the list shows the files opened before.
    await this.#pick('Control+KeyP', file, path.basename(file), path.dirname(file).replace(/^\.$/, ''));
    await this.page.locator(`.tab.active[data-resource-name="${path.basename(file)}"]`).waitFor();
  }

  async #pick(key, text, row, description = '') {
    const input = this.page.locator('.quick-input-widget:visible input.input').first();
    // A key that comes while the window gives the focus to another part is lost.
    for (let attempt = 0; attempt < 3; attempt++) {
      await this.page.keyboard.press(key);
      if (await input.waitFor({ timeout: 5_000 }).then(() => true, () => false)) break;
    }
    await input.fill(text);
    const widget = this.page.locator('.quick-input-widget:visible');
    // By key, not by click: on a busy machine the list is laid out anew while results come in, and a click may meet an old row.
    for (let attempt = 0; attempt < 3; attempt++) {
      await widget.locator('.monaco-list-row.focused', { hasText: row }).filter({ hasText: description }).waitFor();
      await this.page.keyboard.press('Enter');
      const closed = await widget.first().waitFor({ state: 'hidden', timeout: 5_000 }).then(() => true, () => false);
      if (closed) return;
    }
    throw new Error(`The picker did not take "${row}".`);
  }

  /** The line of the editor that has this text. */
  line(text) {
    return this.page.locator('.editor-instance .view-line', { hasText: text }).first();
  }

  /** Opens a settings file, and waits until it has its language: some only the server can tell. */
  async openSettings(file) {
    await this.open(file);
    await this.status('ConfigLsp Settings').waitFor();
  }

  /** Puts the caret behind the last character of the line that has this text. */
  async caretAtEndOf(text) {
    await this.line(text).click();
    await this.page.keyboard.press('End');
  }

  /** Puts the caret into a word of a line. */
  async caretIn(text, word) {
    await this.line(text).locator('span span', { hasText: word }).first().click();
  }

  /** Saves the file whose editor has the focus, changed or not. */
  async save() {
    await this.page.keyboard.press('Control+KeyS');
    await this.page.locator('.tab.active:not(.dirty)').waitFor();
  }

  /** Accepts a completion, once it is the selected one. */
  async acceptCompletion(label) {
    const row = this.page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: label });
    // Typing may have come before the server knew the document, and then nothing was offered.
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await row.waitFor({ timeout: 5_000 }).then(() => true, () => false)) break;
      await this.page.keyboard.press('Control+Space');
    }
    await row.waitFor();
    await this.page.keyboard.press('Enter');
    await row.waitFor({ state: 'hidden' });
  }

  /** Applies the quick fix with this title, for what is at the caret. */
  async quickFix(title) {
    const row = this.page.locator('.action-widget:visible .monaco-list-row.action', { hasText: title });
    // The menu tells at once that there is nothing to do while the problem is not there yet; it is asked for again.
    for (let attempt = 0; attempt < 3; attempt++) {
      await this.page.keyboard.press('Control+Period');
      if (await row.first().waitFor({ timeout: 5_000 }).then(() => true, () => false)) break;
      await this.page.keyboard.press('Escape');
    }
    await row.first().click();
    await row.first().waitFor({ state: 'hidden' });
  }

  /** Renames what is at the caret. */
  async rename(name) {
    const input = this.page.locator('.rename-box:visible input.rename-input, .rename-input:visible').first();
    for (let attempt = 0; attempt < 3; attempt++) {
      await this.page.keyboard.press('F2');
      if (await input.waitFor({ timeout: 5_000 }).then(() => true, () => false)) break;
    }
    await input.fill(name);
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  squiggles(severity = 'error') {
    return this.page.locator(`.editor-instance .squiggly-${severity}`);
  }

  problems() {
    return this.page.locator('.markers-panel .monaco-list-row .marker-message-line, .markers-panel .monaco-list-row .marker-line');
  }

  notification(text) {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text });
  }

  status(text) {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  /** Shows the hover over a word of the line, by moving the mouse there as a hand would. */
  async hover(lineText, word) {
    const target = this.line(lineText).locator('span span', { hasText: word }).first();
    const box = await target.boundingBox();
    await this.page.mouse.move(box.x + box.width / 2, box.y + 120);
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 8 });
    return this.page.locator('.monaco-hover:visible', { hasText: /\S/ });
  }
}

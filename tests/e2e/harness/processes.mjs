import { execFileSync } from 'node:child_process';

/** A process and all below it, each as {pid, args}. */
export function processTree(pid) {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, pid, parent, args]) => ({ pid: Number(pid), parent: Number(parent), args }));
  const found = all.filter((process) => process.pid === pid);
  // The list grows while it is walked: children are added behind their parents.
  for (const process of found) found.push(...all.filter((candidate) => candidate.parent === process.pid));
  return found;
}

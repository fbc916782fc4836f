// What a process holds in memory, as its operating system counts it.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** Resident bytes of a process: now, and the highest so far (where the system does not tell: undefined). */
export function residentMemory(pid) {
  if (process.platform === 'linux') {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
    const read = (name) => Number(status.match(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm'))[1]) * 1024;
    return { now: read('VmRSS'), peak: read('VmHWM') };
  }

  if (process.platform === 'win32') {
    const [now, peak] = output('powershell', ['-NoProfile', '-Command', `$p = Get-Process -Id ${pid}; "$($p.WorkingSet64) $($p.PeakWorkingSet64)"`]).split(' ').map(Number);
    return { now, peak };
  }

  return { now: Number(output('ps', ['-o', 'rss=', '-p', String(pid)])) * 1024, peak: undefined };
}

const output = (command, args) => execFileSync(command, args, { encoding: 'utf8' }).trim();

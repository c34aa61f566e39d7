/**
 * Loaded into every child process before its own script: when the parent is gone without having ended its children,
 * as after a SIGKILL, the child ends itself in good order, and soon after that in any case.
 */
const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  process.kill(process.pid, 'SIGINT');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 10_000).unref();
}, 1_000);
watch.unref();

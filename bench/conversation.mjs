// A contender of a bench: a process that answers each line of its input with one line of JSON.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Starts a contender and waits for its first answer (`opened`). `ask` sends a line and waits for the answer; `close` ends it. */
export async function converse(command, args, env = {}) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let errors = '';
  child.stderr.on('data', (piece) => (errors = (errors + piece).slice(-2000)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (question) => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ${args.join(' ')} ended at «${question}»\n${errors}`);
    const result = JSON.parse(value);
    if (result.error) throw new Error(`${command} ${args.join(' ')}: «${question}»: ${result.error}`);
    return result;
  };
  const opened = await answer('open');
  return {
    opened,
    ask: (question) => {
      child.stdin.write(`${question}\n`);
      return answer(question);
    },
    close: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.stdin.end('quit\n');
      }),
  };
}

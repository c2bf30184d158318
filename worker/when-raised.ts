/** Calls once when the signal is raised, at once if it is already. */
export function whenRaised(signal: AbortSignal, call: () => void): Disposable {
  if (signal.aborted) call();
  else signal.addEventListener('abort', call, { once: true });
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', call) };
}

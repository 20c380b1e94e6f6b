/**
 * The one place where an exception of ours ends: one log line that names the feature, the error and our functions,
 * never the error's message (it may quote the file), and an empty answer. With `strict`, as in tests, it rethrows.
 */
import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  ResponseError,
  type ResultProgressReporter,
  type WorkDoneProgressReporter,
} from 'vscode-languageserver';
import type { Pace } from './idle.ts';

export type Handler<P, R, PR> = (
  params: P,
  token: CancellationToken,
  work?: WorkDoneProgressReporter,
  results?: ResultProgressReporter<PR>,
) => Promise<R | ResponseError<never>>;

export interface Fence {
  /** Fences a request. A request that is cancelled already is not computed. */
  request<P, R, PR = never>(
    feature: string,
    empty: R,
    answer: (params: P, token: CancellationToken, results?: ResultProgressReporter<PR>) => R | Promise<R>,
  ): Handler<P, R, PR>;
  /** Fences what happens on a notification, a timer or an event. */
  event<A extends readonly unknown[]>(
    feature: string,
    handle: (...args: A) => void | Promise<void>,
  ): (...args: A) => void;
}

/** Requests are not answered before `ready`. */
export function createFence(
  connection: Connection,
  pace: Pace,
  strict: boolean,
  ready?: Promise<void>,
): Fence {
  const log = (feature: string, error: unknown): void => {
    connection.console.error(describeFault(feature, error));
  };
  return {
    request: (feature, empty, answer) => async (params, token, _work, results) => {
      pace.note();
      if (ready) await ready;
      if (token.isCancellationRequested) return cancelled();
      try {
        const result = await answer(params, token, results);
        return token.isCancellationRequested ? cancelled() : result;
      } catch (error) {
        log(feature, error);
        if (strict) throw error;
        return empty;
      }
    },
    event:
      (feature, handle) =>
      (...args) => {
        const fail = (error: unknown): void => {
          log(feature, error);
          if (strict) throw error;
        };
        try {
          handle(...args)?.catch(fail);
        } catch (error) {
          fail(error);
        }
      },
  };
}

/** A message to a client that has gone: the process is about to end, and a rejection would end it as a crash. */
export function unheard(sending: Promise<void>): void {
  sending.catch(() => {});
}

function cancelled(): ResponseError<never> {
  return new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'Cancelled');
}

/** Function names of the stack, without its head: V8 repeats the message there. */
export function describeFault(feature: string, error: unknown): string {
  if (!(error instanceof Error)) return `${feature} failed: not an Error`;
  const stack = error.stack ?? '';
  const frames = stack.slice(stack.indexOf(error.message) + error.message.length);
  const names = [...frames.matchAll(/^ {4}at (?:async |new )?([\w$.]+) \(/gm)]
    .slice(0, 5)
    .map(match => match[1]);
  return `${feature} failed: ${error.name} in ${names.join(' < ') || 'an unnamed function'}`;
}

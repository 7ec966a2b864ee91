/** Where a command's work is done: on the base here, or on the server that has it open. */
import type { Base } from '../base/open.ts';
import { ChengmaiError } from '../core/errors.ts';
import type { CommandContext } from './command.ts';
import { withBase } from './command.ts';
import { RemoteBase } from './remote.ts';

export async function hereOrThere<Result>(context: CommandContext, here: (base: Base) => Promise<Result>, there: (remote: RemoteBase) => Promise<Result>): Promise<Result> {
  try {
    return await withBase(context, here);
  } catch (error) {
    const url = error instanceof ChengmaiError && error.code === 'base/in-use' ? error.place.value : undefined;
    if (url === undefined) throw error;
    return there(new RemoteBase(url, context.token));
  }
}

import { AccelsimError } from '../../errors.js';

/** What a user is told of a mistake. */
export function messageOf(makes: () => unknown): string {
  try {
    makes();
  } catch (error) {
    if (error instanceof AccelsimError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** A thread that can not even begin. */
throw new Error('no such module');

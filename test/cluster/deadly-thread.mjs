/** A thread that ends its whole process at one point, as a library that crashes does, in place of the thread that answers points. */
const { answer: answerAll } = await import(`${process.env.BUILT}/node/explore/executor/thread.js`);

export function answer(points) {
  if (points.some(({ index }) => index === 1)) process.kill(process.pid, 'SIGKILL');
  return answerAll(points);
}

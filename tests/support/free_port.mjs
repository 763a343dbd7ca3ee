// A port of this machine that nobody listens at, for a server that a test starts next.
import net from 'node:net';

export const free_port = () => new Promise((done, fail) => {
  const server = net.createServer().on('error', fail);
  server.listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => done(port)); });
});

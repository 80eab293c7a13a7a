import { hasLogin, withCredentials } from './mongoUrl.ts';

const orders = { user: 'order-orchestration', password: 'secret' };

describe('the connection string of a service', () => {
  it('keeps hosts and options of the administrator and changes user and database', () => {
    const admin = 'mongodb://root:pw@a:1,b:2/admin?replicaSet=rs0&authSource=$external';
    expect(withCredentials(admin, orders, 'order-orchestration')).toBe(
      'mongodb://order-orchestration:secret@a:1,b:2/order-orchestration?replicaSet=rs0&authSource=admin',
    );
  });

  it('names no user where the server asks for none', () => {
    expect(hasLogin('mongodb://a:1/?replicaSet=rs0')).toBe(false);
    expect(withCredentials('mongodb://a:1/?replicaSet=rs0', orders, 'x')).toBe('mongodb://a:1/x?replicaSet=rs0');
    expect(withCredentials('mongodb://a:1', orders, 'x')).toBe('mongodb://a:1/x');
  });
});

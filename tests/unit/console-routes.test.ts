import { describe, expect, test } from 'vitest';
import { closest, matchPattern } from '../../web/src/route-pattern.ts';
import { matchRoute, ROUTES } from '../../web/src/routes.ts';

describe('one pattern', () => {
  test.each<[pattern: string, path: string, params: Record<string, string> | null]>([
    ['/health', '/health', {}],
    ['/health', '/health/', {}],
    ['/health', '//health', {}],
    ['/health', '/Health', null],
    ['/health', '/healthy', null],
    ['/health', '/health/now', null],
    ['/health', '/', null],
    ['/', '/', {}],
    ['/', '', {}],
    ['/people/:userId', '/people/u_1', { userId: 'u_1' }],
    ['/people/:userId', '/people/u_1/', { userId: 'u_1' }],
    ['/people/:userId', '/people', null],
    ['/people/:userId', '/people/', null],
    ['/people/:userId', '/people/u_1/consent', null],
    ['/people/:userId', '/people/a%2Fb', { userId: 'a/b' }],
    ['/people/:userId', '/people/a%20b', { userId: 'a b' }],
    ['/people/:userId', '/people/caf%C3%A9', { userId: 'café' }],
    ['/people/:userId', '/people/100%', { userId: '100%' }],
    ['/people/:userId', '/people/%E0%A4', { userId: '%E0%A4' }],
    ['/people/:userId', '/people/a:b?c', { userId: 'a:b?c' }],
    ['/people/:userId', '/people%2Fu_1', null],
    ['/people/:userId/consent', '/people/u_1/consent', { userId: 'u_1' }],
    ['/people/:userId/consent', '/people/u_1/reveal', null],
    ['/people/:userId/consent', '/people/u_1', null],
    ['/campaigns/:id/results', '/campaigns/c_1/results/', { id: 'c_1' }],
    ['/campaigns/:id/recipients/:userId', '/campaigns/c_1/recipients/u_2', { id: 'c_1', userId: 'u_2' }],
    ['/campaigns/:id/:tab?', '/campaigns/c_1/results', { id: 'c_1', tab: 'results' }],
    ['/campaigns/:id/:tab?', '/campaigns/c_1', { id: 'c_1' }],
    ['/campaigns/:id/:tab?', '/campaigns', null],
    ['/campaigns/:id/:tab?', '/campaigns/c_1/results/more', null],
    ['/settings/:tab?', '/settings', {}],
    ['/settings/:tab?', '/settings/limits', { tab: 'limits' }],
  ])('%s at %s gives %j', (pattern, path, params) => {
    expect(matchPattern(pattern, path)?.params ?? null).toEqual(params);
  });
});

describe('several patterns', () => {
  const patterns = [
    '/campaigns/:id/:tab?',
    '/campaigns/:id/results',
    '/campaigns/new',
    '/campaigns/:id',
    '/campaigns',
  ];

  test.each<[path: string, pattern: string | null]>([
    ['/campaigns', '/campaigns'],
    ['/campaigns/new', '/campaigns/new'],
    ['/campaigns/c_1', '/campaigns/:id'],
    ['/campaigns/c_1/results', '/campaigns/:id/results'],
    ['/campaigns/c_1/log', '/campaigns/:id/:tab?'],
    ['/campaigns/new/results', '/campaigns/:id/results'],
    ['/campaigns/c_1/log/9', null],
    ['/nowhere', null],
  ])('the closest to %s is %s', (path, pattern) => {
    expect(closest(patterns, path)?.pattern ?? null).toBe(pattern);
  });

  test('of two that fit alike, the first is taken', () => {
    expect(closest(['/a/:first', '/a/:second'], '/a/1')).toEqual({
      pattern: '/a/:first',
      params: { first: '1' },
    });
  });
});

describe('the addresses of the console', () => {
  test.each([
    ['/inbox', 'page-inbox', {}],
    ['/inbox/SM1', 'page-inbox', { messageId: 'SM1' }],
    ['/incoming/SM1', 'page-incoming', { messageId: 'SM1' }],
    ['/outgoing/m_1', 'page-outgoing', { messageId: 'm_1' }],
    ['/people/u_1', 'page-people', { userId: 'u_1' }],
    ['/opt-outs', 'page-opt-outs', {}],
    ['/opt-outs/h_1', 'page-opt-outs', { holdId: 'h_1' }],
    ['/team', 'page-team', {}],
    ['/team/sessions', 'page-team', {}],
    ['/team/password', 'page-team', {}],
    ['/team/op_1', 'page-team', { operatorId: 'op_1' }],
    ['/settings', 'page-settings', {}],
    ['/settings/error-codes', 'page-settings', { tab: 'error-codes' }],
    ['/audit/e_1', 'page-audit', { entryId: 'e_1' }],
    ['/health', 'page-health', {}],
    ['/compose', 'page-compose', {}],
    ['/sign-in', 'page-sign-in', {}],
    ['/join', 'page-join', {}],
    ['/health/now', 'page-not-found', {}],
    ['/nowhere', 'page-not-found', {}],
    ['/', 'page-not-found', {}],
  ])('%s is %s with %j', (path, tag, params) => {
    const found = matchRoute(path);
    expect([found.route.tag, found.params]).toEqual([tag, params]);
  });

  test('no two pages have the same address', () => {
    const shapes = ROUTES.flatMap(({ paths }) => paths.map((path) => path.replace(/:\w+/g, ':')));
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  test('the bar at the foot of a phone has its four entries', () => {
    expect(ROUTES.filter(({ nav }) => nav?.bar).map(({ title }) => title)).toEqual([
      'Inbox',
      'Incoming',
      'Outgoing',
      'People',
    ]);
  });
});

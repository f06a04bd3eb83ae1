/** A 4 × 4 grid of roads as OpenStreetMap XML, packed by bzip2: nothing in Node packs so. */
export const BZIP2_WORLD = Buffer.from(
  [
    'QlpoOTFBWSZTWRPuLkkAAaXfgEgQUAP/54EABgAv793gQAH05ggGSaaU8k8oD1NNBoDQABVPVKKMEyZMmNJkMExNGMaaDQAyaAyNNDE0YFUmplDahojIA0AD',
    'Rk3wdGYz59v/lVVZVVj9GbAfkEAcMI2WFEKIUQ5q3VrbG1+uMX3RjlA0ACZNAEImqFDSCzlNqNN9KORnOVZNJ6rKCwe2QDaCSQ0ls+eZnRmhDxzaYDpIiPCC',
    'Qd9dBRaAqBONZmZmZmaFIkpYFRFqxSKUJFmY0ktDWqSxoa1Sqkqk2aZ2WbtwoFgjIeZ/SIiIi6/FatKSSSSUpJe5aSUpSnb6GbR2d3F+8zO+25kNiZQqVZlY',
    'y6PDx2chnocB3BH+Gc2B8FhHEKFNwYH6fwPypuYFgcSMcRkOsbC4jkchc1YKkbdJIMFy5z2oMuoFqBJsDnvCy3ZcuaQUN5drKG1rZFQuRkYoiR0DUO7MQxKD',
    '/F3JFOFCQE+4uSQ=',
  ].join(''),
  'base64',
);

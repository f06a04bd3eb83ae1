/** The version that results carry; the same as package.json's (a test holds them together). */
export const CORRIDOR_VERSION = '0.1.0';

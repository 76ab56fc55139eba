import type { signIn as base } from '../zh-TW/sign-in.js';

/** The sign-in sheet and its form (E3). */
export const signIn: Record<keyof typeof base, string> = {
  title: 'Sign-in sheet: {title}',
  sheet: 'Sign-in sheet',
  version: 'v{v}, {at}',
  scan: 'Scan to sign in',
  no: 'No.',
  name: 'Name',
  department: 'Department',
  role: 'Role',
  signature: 'Signature',
  time: 'Arrived',
  arrived: '{time} signed in',
  heading: 'Sign in',
  who: 'Who are you?',
  help: 'Please sign in for yourself only; the time is recorded and the host sees it.',
  you: 'Hello, {name}. Press the button to sign in.',
  submit: 'Sign in',
  here: 'signed in',
  done: 'You are signed in.',
  early: 'Signing in is possible from {from}. Please open this page again then.',
  over: 'This meeting takes no sign-in at the moment. If you are there, please tell the host.',
};

// A value that callbacks set and read (app/page/fields.py); nothing is drawn.
export const Held = () => null;

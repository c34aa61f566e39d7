import type { AddRoute } from '../route.ts';
import { readDescriptionRoute } from './read-description.ts';

/** The API's description of itself. */
export const descriptionRoutes: readonly AddRoute[] = [readDescriptionRoute];

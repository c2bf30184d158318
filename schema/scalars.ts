import { GraphQLError } from 'graphql';
import { isoText } from '#core/platform/iso-text.ts';
import { isUuid } from '#core/platform/page.ts';
import { builder } from './builder.ts';

builder.scalarType('DateTime', {
  description: 'A moment: ISO 8601 in UTC with milliseconds, such as 2026-11-23T18:32:05.123Z.',
  serialize: isoText,
  parseValue: (value) => {
    const date = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) ? new Date(value) : undefined;
    if (!date || Number.isNaN(date.getTime()))
      throw new GraphQLError('A DateTime is an ISO 8601 text such as 2026-11-23T18:32:05.123Z.');
    return date;
  },
});

builder.scalarType('UUID', {
  description: 'A UUID in lower case.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value !== 'string' || !isUuid(value.toLowerCase())) throw new GraphQLError('Not a UUID.');
    return value.toLowerCase();
  },
});

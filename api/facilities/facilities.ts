import { z } from 'zod';
import type { Facility } from '../../prisma/generated/client.ts';
import { endpoint } from '../endpoint.ts';
import { Country, LocalId, PlainText } from '../fields.ts';
import { getExpected } from './expected.ts';

const Short = PlainText.min(1).max(120);

const FacilityBody = z
  .strictObject({
    facility: LocalId,
    name: Short,
    zone: z
      .string()
      .refine(isZone, 'is no time zone; name one of IANA’s, as in Europe/Berlin')
      .meta({ description: 'Its time zone, by IANA’s name.', example: 'Europe/Berlin' }),
    company: Short.exactOptional(),
    street1: Short,
    street2: Short.exactOptional(),
    city: Short,
    state: PlainText.max(60).exactOptional(),
    zip: PlainText.min(1).max(20),
    country: Country,
    phone: PlainText.max(40).exactOptional(),
    email: z.email().max(200).exactOptional(),
    capabilities: z
      .array(z.string().regex(/^[a-z0-9_]{1,60}$/, 'use small letters, digits and _, as in data_wipe'))
      .max(50)
      .default([])
      .meta({ description: 'What it can do, in your own codes; routes of policies ask for one.' }),
    latitude: z.number().min(-90).max(90).exactOptional().meta({ description: 'Where it lies, in degrees of WGS 84.' }),
    longitude: z.number().min(-180).max(180).exactOptional(),
    receivingUnitsADay: z
      .int()
      .min(1)
      .max(10_000_000)
      .exactOptional()
      .meta({ description: 'How many units it can take in on a day; trips bring it no more.' }),
  })
  .refine(({ latitude, longitude }) => (latitude === undefined) === (longitude === undefined), {
    path: ['longitude'],
    message: 'a latitude and a longitude are given together',
  })
  .meta({ id: 'Facility' });

/** Where goods are received, looked at and kept. */
export const facilityEndpoints = [
  getExpected,
  endpoint({
    method: 'get',
    path: '/v1/facilities',
    id: 'listFacilities',
    tag: 'Facilities',
    summary: 'List facilities',
    permission: 'facilities:read',
    responses: {
      200: { description: 'All of them, by their ids.', schema: z.object({ data: z.array(FacilityBody) }) },
    },
    handle: async (_call, { db }) => {
      const rows = await db.facility.findMany({ orderBy: { id: 'asc' } });
      return { status: 200, body: { data: rows.map(facilityOut) } };
    },
  }),
  endpoint({
    method: 'post',
    path: '/v1/facilities',
    id: 'saveFacility',
    tag: 'Facilities',
    summary: 'Make a facility, or change one',
    description:
      'The whole of it: what is left out is empty afterwards. Labels that are bought from then on have the new address; those that were bought keep theirs.',
    permission: 'facilities:manage',
    body: FacilityBody,
    responses: {
      200: { description: 'It was changed.', schema: FacilityBody },
      201: { description: 'It was made.', schema: FacilityBody },
    },
    handle: async ({ body: { facility: id, ...given } }, { db }) => {
      const { company = null, street2 = null, state = null, phone = null, email = null, ...rest } = given;
      const { latitude = null, longitude = null, receivingUnitsADay = null } = given;
      const place = { latitude, longitude, receivingUnitsADay };
      const data = { ...rest, company, street2, state, phone, email, ...place };
      const { count } = await db.facility.createMany({ data: [{ id, ...data }], skipDuplicates: true });
      const row = count === 1 ? { id, ...data } : await db.facility.update({ where: { id }, data });
      return { status: count === 1 ? 201 : 200, body: facilityOut(row) };
    },
  }),
];

function facilityOut({ id, ...row }: Facility): z.infer<typeof FacilityBody> {
  const { name, zone, street1, city, zip, country, capabilities } = row;
  const { company, street2, state, phone, email, latitude, longitude, receivingUnitsADay } = row;
  return {
    ...{ facility: id, name, zone, street1, city, zip, country, capabilities: [...capabilities] },
    ...(company === null ? {} : { company }),
    ...(street2 === null ? {} : { street2 }),
    ...(state === null ? {} : { state }),
    ...(phone === null ? {} : { phone }),
    ...(email === null ? {} : { email }),
    ...(latitude === null || longitude === null ? {} : { latitude, longitude }),
    ...(receivingUnitsADay === null ? {} : { receivingUnitsADay }),
  };
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' && name.length <= 60;
  } catch {
    return false;
  }
}

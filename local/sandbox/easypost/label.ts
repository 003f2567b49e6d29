import { crc32, deflateSync } from 'node:zlib';
import { Router } from 'express';
import type { Sandbox } from '../operation.ts';

const width = 400;
const height = 600;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A 4x6 stand-in for a label: a frame and bars made of the tracking code. Nobody can ship with it. */
function labelImage(tracking: string): Buffer {
  const bars = [...tracking].flatMap((digit) => [...(digit.charCodeAt(0) | 64).toString(2)].map((bit) => bit === '1'));
  const rows = Array.from({ length: height }, (_row, y) => {
    const row = Buffer.alloc(1 + width, 255);
    row[0] = 0;
    for (let x = 0; x < width; x += 1) {
      const frame = x < 4 || x >= width - 4 || y < 4 || y >= height - 4 || (y >= 196 && y < 200);
      const bar = y > 260 && y < 480 && x >= 40 && x < 360 && bars[Math.floor(((x - 40) / 320) * bars.length)] === true;
      if (frame || bar) row[1 + x] = 0;
    }
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.concat(rows));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** Serves the pictures that labels' URLs point to. */
export function labels({ store }: Sandbox): Router {
  const router = Router();
  router.get('/labels/:tracking.png', ({ params }, response) => {
    if (store.byReference('tracker', params.tracking) === undefined) response.sendStatus(404);
    else response.type('png').send(labelImage(params.tracking));
  });
  return router;
}

// Makes libwebp, libjpeg(-turbo) and libpng importable. Decoding serves `Pictures`, encoding the sandbox.
#ifndef IMAGE_CODECS_H
#define IMAGE_CODECS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <webp/decode.h>
#include <webp/demux.h>
#include <webp/encode.h>
#include <webp/mux.h>

/// Pixels as 8-bit RGBA, rows top to bottom without padding; `pixels` is NULL when decoding failed.
/// Free it with `image_codecs_free`.
typedef struct {
    uint8_t *pixels;
    int width;
    int height;
} image_codecs_bitmap;

/// Reads a JPEG, letting the decoder itself shrink by 1/2, 1/4 or 1/8 while both sides stay at or above `least`
/// (0: full size). A picture wider or taller than `limit` is refused.
image_codecs_bitmap image_codecs_decode_jpeg(const uint8_t *data, size_t size, int least, int limit);
/// Reads any PNG as RGBA; refused above `limit` on a side.
image_codecs_bitmap image_codecs_decode_png(const uint8_t *data, size_t size, int limit);

/// Encodes RGB (3 bytes a pixel). On success stores a buffer to be freed with `image_codecs_free`.
bool image_codecs_encode_jpeg(const uint8_t *rgb, int width, int height, int quality, uint8_t **out, size_t *out_size);
bool image_codecs_encode_png(const uint8_t *rgb, int width, int height, uint8_t **out, size_t *out_size);

void image_codecs_free(void *buffer);

#endif

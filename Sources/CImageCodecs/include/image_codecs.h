// Makes libwebp, libjpeg(-turbo) and libpng importable. Decoding serves `Pictures`, encoding the sandbox.
//
// What runs once per pixel of a large picture is written here rather than in Swift: a debug build is what a
// newcomer runs first, and there a Swift loop over a megapixel takes a second.
#ifndef IMAGE_CODECS_H
#define IMAGE_CODECS_H

#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <webp/decode.h>
#include <webp/demux.h>
#include <webp/encode.h>
#include <webp/mux.h>

/// Where decoded pixels go: the caller's buffer of exactly `width` × `height` × 4 bytes, both at least 1.
/// Pixels are 8-bit RGBA with unassociated alpha, rows top to bottom without padding.
typedef struct {
    uint8_t *pixels;
    int width;
    int height;
} image_codecs_canvas;

/// Each decoder resizes to the canvas while it reads, so that beside the canvas only a few rows are held (an
/// interlaced PNG or a progressive JPEG: the whole picture). `source_width` and `source_height` are what the caller
/// read from the header and has found acceptable; a picture that turns out to have another size is refused, and so
/// is one that ends early. False leaves the canvas undefined.
bool image_codecs_decode_jpeg(
    const uint8_t *data, size_t size, int source_width, int source_height, image_codecs_canvas canvas);
bool image_codecs_decode_png(
    const uint8_t *data, size_t size, int source_width, int source_height, image_codecs_canvas canvas);

/// Resizes RGBA pixels: every pixel of the canvas is the mean of the area it covers, weighted by alpha.
/// False only when memory ran out.
bool image_codecs_resize(const uint8_t *rgba, int source_width, int source_height, image_codecs_canvas canvas);

/// Reads the size of a JPEG or PNG from its header; false when it is neither, or damaged.
bool image_codecs_measure(const uint8_t *data, size_t size, int *width, int *height);

/// Encodes RGB (3 bytes a pixel). On success stores a buffer to be freed with `image_codecs_free`.
bool image_codecs_encode_jpeg(const uint8_t *rgb, int width, int height, int quality, uint8_t **out, size_t *out_size);
bool image_codecs_encode_png(const uint8_t *rgb, int width, int height, uint8_t **out, size_t *out_size);

/// Chooses at most `most_colors` colours (2 to 256) for RGB pixels (3 bytes each), and gives each pixel one of them; what
/// it misses is spread over its neighbours. `palette` has room for 256 × 3 bytes, `indices` for `width` × `height`. Every
/// colour lies on the hundred steps a part that sixel knows. Returns the number of colours; 0 only when memory ran out.
int image_codecs_quantize(const uint8_t *rgb, int width, int height, int most_colors, uint8_t *palette, uint8_t *indices);

/// Writes the pixels as one sixel sequence from `ESC P` to `ESC \`, with the colours that it uses. On success stores a
/// buffer to be freed with `image_codecs_free`; false only when memory ran out.
bool image_codecs_sixel(
    const uint8_t *indices, int width, int height, const uint8_t *palette, int colors, uint8_t **out, size_t *out_size);

/// Enlarges RGBA pixels between their centres, without steps. The canvas must be as large as the source or larger.
void image_codecs_enlarge(const uint8_t *rgba, int source_width, int source_height, image_codecs_canvas canvas);

/// Mixes RGBA pixels with a colour, and drops the alpha: `width` × `height` × 3 bytes go to `rgb`.
void image_codecs_flatten(const uint8_t *rgba, size_t pixels, const uint8_t *background, uint8_t *rgb);

/// Whether every alpha is 255.
bool image_codecs_is_opaque(const uint8_t *rgba, size_t pixels);

/// Where a frame of a GIF lies on the canvas; `transparent` is the index that covers nothing, -1: there is none.
typedef struct {
    int left, top, width, height;
    int transparent;
    bool is_interlaced;
} image_codecs_gif_frame;

/// Unpacks the codes of a GIF's frame (its sub-blocks joined) and draws them over the canvas; what lies beyond it is left
/// out. `code_size` is the first byte of the codes, `palette` has three bytes a colour. A frame that ends early is drawn
/// as far as it goes. False: there is no pixel in it, its code size cannot be, or memory ran out.
bool image_codecs_gif_draw(
    const uint8_t *data, size_t size, int code_size, const uint8_t *palette, int colors, image_codecs_gif_frame frame,
    image_codecs_canvas canvas);

void image_codecs_free(void *buffer);

/// glibc hides it behind _GNU_SOURCE: closes every descriptor from `from` up in the child, marked close-on-exec or not.
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

#endif

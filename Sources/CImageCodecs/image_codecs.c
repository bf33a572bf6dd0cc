#include "image_codecs.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>
#include <png.h>

// Takes a picture row by row and keeps one row of sums. A source pixel is `width` units wide and a canvas pixel
// `source_width` units (down the page alike), so that every overlap is a whole number and nothing is rounded
// before the final division. The largest sum, 2^26 pixels × 255 × 255, fits in 43 bits.
typedef struct {
    int source_width, source_height;
    image_codecs_canvas canvas;
    int source_row, row;
    uint64_t *line;
    uint64_t *sums;
} resizer;

static bool resizer_begin(resizer *r, int source_width, int source_height, image_codecs_canvas canvas) {
    memset(r, 0, sizeof *r);
    r->source_width = source_width;
    r->source_height = source_height;
    r->canvas = canvas;
    size_t count = (size_t)canvas.width * 4;
    r->line = calloc(count, sizeof *r->line);
    r->sums = calloc(count, sizeof *r->sums);
    return r->line && r->sums;
}

static void resizer_end(resizer *r) {
    free(r->line);
    free(r->sums);
}

static void resizer_sum_line(resizer *r, const uint8_t *pixels) {
    const int64_t unit = r->canvas.width, step = r->source_width;
    for (int64_t x = 0; x < unit; x++) {
        const int64_t start = x * step, end = start + step;
        uint64_t red = 0, green = 0, blue = 0, alpha = 0;
        for (int64_t i = start / unit; i * unit < end; i++) {
            const int64_t left = i * unit > start ? i * unit : start;
            const int64_t right = (i + 1) * unit < end ? (i + 1) * unit : end;
            const uint8_t *pixel = pixels + i * 4;
            const uint64_t weight = (uint64_t)(right - left) * pixel[3];
            red += weight * pixel[0];
            green += weight * pixel[1];
            blue += weight * pixel[2];
            alpha += weight;
        }
        uint64_t *sum = r->line + x * 4;
        sum[0] = red;
        sum[1] = green;
        sum[2] = blue;
        sum[3] = alpha;
    }
}

static void resizer_flush(resizer *r) {
    const uint64_t area = (uint64_t)r->source_width * (uint64_t)r->source_height;
    uint8_t *pixel = r->canvas.pixels + (size_t)r->row * (size_t)r->canvas.width * 4;
    for (int x = 0; x < r->canvas.width; x++, pixel += 4) {
        uint64_t *sum = r->sums + (size_t)x * 4;
        const uint64_t alpha = sum[3];
        for (int c = 0; c < 3; c++) pixel[c] = alpha ? (uint8_t)((sum[c] + alpha / 2) / alpha) : 0;
        pixel[3] = (uint8_t)((alpha + area / 2) / area);
    }
    memset(r->sums, 0, (size_t)r->canvas.width * 4 * sizeof *r->sums);
    r->row++;
}

static void resizer_push(resizer *r, const uint8_t *pixels) {
    if (r->source_row >= r->source_height) return;
    const int64_t unit = r->canvas.height, step = r->source_height;
    const int64_t start = r->source_row * unit, end = start + unit;
    r->source_row++;
    if (r->source_width == r->canvas.width && r->source_height == r->canvas.height) {
        memcpy(r->canvas.pixels + (size_t)r->row++ * (size_t)r->canvas.width * 4, pixels, (size_t)r->canvas.width * 4);
        return;
    }
    resizer_sum_line(r, pixels);
    while (r->row < r->canvas.height && r->row * step < end) {
        const int64_t top = r->row * step > start ? r->row * step : start;
        const int64_t bottom = (r->row + 1) * step < end ? (r->row + 1) * step : end;
        for (size_t i = 0; i < (size_t)r->canvas.width * 4; i++) r->sums[i] += r->line[i] * (uint64_t)(bottom - top);
        if ((r->row + 1) * step > end) break;
        resizer_flush(r);
    }
}

bool image_codecs_resize(const uint8_t *rgba, int source_width, int source_height, image_codecs_canvas canvas) {
    resizer rows;
    bool ready = resizer_begin(&rows, source_width, source_height, canvas);
    for (int y = 0; ready && y < source_height; y++) resizer_push(&rows, rgba + (size_t)y * (size_t)source_width * 4);
    resizer_end(&rows);
    return ready;
}

// libjpeg's default error handler ends the process; this one returns to the caller.
typedef struct {
    struct jpeg_error_mgr base;
    jmp_buf escape;
    bool ended_early;
} jpeg_guard;

static void jpeg_fail(j_common_ptr info) { longjmp(((jpeg_guard *)info->err)->escape, 1); }
static void jpeg_silent(j_common_ptr info) { (void)info; }

// A truncated file is only a warning to libjpeg, which paints the rest grey.
static void jpeg_note(j_common_ptr info, int level) {
    if (level < 0 && info->err->msg_code == JWRN_JPEG_EOF) ((jpeg_guard *)info->err)->ended_early = true;
}

// A progressive file of a few kilobytes can hold thousands of empty scans over millions of pixels.
enum { JPEG_MOST_SCANS = 200 };

static void jpeg_count_scans(j_common_ptr info) {
    if (((j_decompress_ptr)info)->input_scan_number > JPEG_MOST_SCANS) jpeg_fail(info);
}

static struct jpeg_error_mgr *jpeg_guarded(jpeg_guard *guard) {
    jpeg_std_error(&guard->base);
    guard->base.error_exit = jpeg_fail;
    guard->base.output_message = jpeg_silent;
    guard->base.emit_message = jpeg_note;
    guard->ended_early = false;
    return &guard->base;
}

// Adobe stores ink inverted, so that 255 is no ink; nobody writes CMYK any other way, but the standard allows it.
static void cmyk_to_rgba(uint8_t *pixels, JDIMENSION count, bool inverted) {
    for (JDIMENSION i = 0; i < count; i++, pixels += 4) {
        const int black = inverted ? pixels[3] : 255 - pixels[3];
        for (int c = 0; c < 3; c++) pixels[c] = (uint8_t)((inverted ? pixels[c] : 255 - pixels[c]) * black / 255);
        pixels[3] = 255;
    }
}

// `rows` is owned by the caller: what is assigned between setjmp and longjmp cannot be relied on afterwards.
static bool jpeg_rows(
    const uint8_t *data, size_t size, int source_width, int source_height, image_codecs_canvas canvas, resizer *rows) {
    struct jpeg_decompress_struct info;
    struct jpeg_progress_mgr progress = {.progress_monitor = jpeg_count_scans};
    jpeg_guard guard;
    memset(&info, 0, sizeof info);
    info.err = jpeg_guarded(&guard);
    if (setjmp(guard.escape)) {
        jpeg_destroy_decompress(&info);
        return false;
    }
    jpeg_create_decompress(&info);
    info.progress = &progress;
    jpeg_mem_src(&info, data, size);
    jpeg_read_header(&info, TRUE);
    if (info.image_width != (unsigned)source_width || info.image_height != (unsigned)source_height) jpeg_fail((j_common_ptr)&info);
    const bool ink = info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
    info.out_color_space = ink ? JCS_CMYK : JCS_EXT_RGBA;
    info.scale_num = 1;
    info.scale_denom = 8;
    while (info.scale_denom > 1 && (source_width / (int)info.scale_denom < canvas.width ||
                                    source_height / (int)info.scale_denom < canvas.height))
        info.scale_denom /= 2;
    jpeg_start_decompress(&info);
    if (!resizer_begin(rows, (int)info.output_width, (int)info.output_height, canvas)) jpeg_fail((j_common_ptr)&info);
    JSAMPARRAY line =
        (*info.mem->alloc_sarray)((j_common_ptr)&info, JPOOL_IMAGE, info.output_width * 4, 1);
    while (info.output_scanline < info.output_height) {
        jpeg_read_scanlines(&info, line, 1);
        if (guard.ended_early) jpeg_fail((j_common_ptr)&info);
        if (ink) cmyk_to_rgba(line[0], info.output_width, info.saw_Adobe_marker);
        resizer_push(rows, line[0]);
    }
    jpeg_destroy_decompress(&info);
    return true;
}

bool image_codecs_decode_jpeg(
    const uint8_t *data, size_t size, int source_width, int source_height, image_codecs_canvas canvas) {
    resizer rows = {0};
    bool done = jpeg_rows(data, size, source_width, source_height, canvas, &rows);
    resizer_end(&rows);
    return done;
}

typedef struct {
    const uint8_t *data;
    size_t left;
} png_bytes;

static void png_take(png_structp png, png_bytep out, size_t count) {
    png_bytes *bytes = png_get_io_ptr(png);
    if (count > bytes->left) png_error(png, "ended early");
    memcpy(out, bytes->data, count);
    bytes->data += count;
    bytes->left -= count;
}

static void png_fail(png_structp png, png_const_charp message) {
    (void)message;
    png_longjmp(png, 1);
}
static void png_silent(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

// `held` has room for one row, or for the whole picture when it is interlaced.
static bool png_rows(png_structp png, png_infop info, png_bytes *bytes, int source_width, int source_height,
                     resizer *rows, uint8_t *held) {
    if (setjmp(png_jmpbuf(png))) return false;
    png_set_read_fn(png, bytes, png_take);
    png_set_user_limits(png, (png_uint_32)source_width, (png_uint_32)source_height);
    png_read_info(png, info);
    if (png_get_image_width(png, info) != (png_uint_32)source_width) return false;
    if (png_get_image_height(png, info) != (png_uint_32)source_height) return false;
    png_set_expand(png);
    png_set_scale_16(png);
    png_set_gray_to_rgb(png);
    png_set_add_alpha(png, 255, PNG_FILLER_AFTER);
    const int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    const size_t row = (size_t)source_width * 4;
    if (png_get_rowbytes(png, info) != row) return false;
    for (int pass = 0; pass < passes; pass++) {
        for (int y = 0; y < source_height; y++) {
            uint8_t *line = passes > 1 ? held + row * (size_t)y : held;
            png_read_row(png, line, NULL);
            if (pass == passes - 1) resizer_push(rows, line);
        }
    }
    return true;
}

bool image_codecs_decode_png(
    const uint8_t *data, size_t size, int source_width, int source_height, image_codecs_canvas canvas) {
    // The interlace byte of IHDR, which the standard puts first.
    enum { INTERLACE = 28 };
    if (size <= INTERLACE) return false;
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, png_fail, png_silent);
    if (!png) return false;
    png_infop info = png_create_info_struct(png);
    png_bytes bytes = {data, size};
    resizer rows = {0};
    uint8_t *held = calloc(data[INTERLACE] ? (size_t)source_height : 1, (size_t)source_width * 4);
    bool done = info && held && resizer_begin(&rows, source_width, source_height, canvas) &&
        png_rows(png, info, &bytes, source_width, source_height, &rows, held);
    free(held);
    resizer_end(&rows);
    png_destroy_read_struct(&png, &info, NULL);
    return done;
}

static bool measure_jpeg(const uint8_t *data, size_t size, int *width, int *height) {
    struct jpeg_decompress_struct info;
    jpeg_guard guard;
    memset(&guard, 0, sizeof guard);
    info.err = jpeg_guarded(&guard);
    if (setjmp(guard.escape)) {
        jpeg_destroy_decompress(&info);
        return false;
    }
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, data, size);
    bool read = jpeg_read_header(&info, TRUE) == JPEG_HEADER_OK;
    *width = (int)info.image_width;
    *height = (int)info.image_height;
    jpeg_destroy_decompress(&info);
    return read && *width > 0 && *height > 0;
}

bool image_codecs_measure(const uint8_t *data, size_t size, int *width, int *height) {
    if (size > 2 && data[0] == 0xFF && data[1] == 0xD8) return measure_jpeg(data, size, width, height);
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&image, data, size)) return false;
    *width = (int)image.width;
    *height = (int)image.height;
    png_image_free(&image);
    return *width > 0 && *height > 0;
}

bool image_codecs_encode_jpeg(const uint8_t *rgb, int width, int height, int quality, uint8_t **out, size_t *out_size) {
    struct jpeg_compress_struct info;
    jpeg_guard guard;
    // No picture gets longer. A buffer that the library took for itself could not be given back after an error.
    unsigned long length = (((unsigned long)width + 15) & ~15UL) * (((unsigned long)height + 15) & ~15UL) * 6 + 4096;
    unsigned char *const buffer = malloc(length);
    unsigned char *target = buffer;
    if (!buffer) return false;
    info.err = jpeg_guarded(&guard);
    if (setjmp(guard.escape)) {
        jpeg_destroy_compress(&info);
        free(buffer);
        return false;
    }
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &target, &length);
    info.image_width = (JDIMENSION)width;
    info.image_height = (JDIMENSION)height;
    info.input_components = 3;
    info.in_color_space = JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < info.image_height) {
        JSAMPROW line = (JSAMPROW)(rgb + (size_t)info.next_scanline * (size_t)width * 3);
        jpeg_write_scanlines(&info, &line, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    if (target != buffer) free(buffer);
    *out = target;
    *out_size = length;
    return true;
}

bool image_codecs_encode_png(const uint8_t *rgb, int width, int height, uint8_t **out, size_t *out_size) {
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    image.width = (png_uint_32)width;
    image.height = (png_uint_32)height;
    image.format = PNG_FORMAT_RGB;
    png_alloc_size_t length = PNG_IMAGE_PNG_SIZE_MAX(image);
    uint8_t *buffer = malloc(length);
    if (!buffer) return false;
    if (!png_image_write_to_memory(&image, buffer, &length, 0, rgb, 0, NULL)) {
        free(buffer);
        return false;
    }
    *out = buffer;
    *out_size = length;
    return true;
}

void image_codecs_free(void *buffer) { free(buffer); }

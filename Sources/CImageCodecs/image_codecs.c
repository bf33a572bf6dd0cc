#include "image_codecs.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

// libjpeg's default error handler ends the process; this one returns to the caller.
typedef struct {
    struct jpeg_error_mgr base;
    jmp_buf escape;
} jpeg_guard;

static void jpeg_fail(j_common_ptr info) { longjmp(((jpeg_guard *)info->err)->escape, 1); }
static void jpeg_silent(j_common_ptr info) { (void)info; }

static struct jpeg_error_mgr *jpeg_guarded(jpeg_guard *guard) {
    jpeg_std_error(&guard->base);
    guard->base.error_exit = jpeg_fail;
    guard->base.output_message = jpeg_silent;
    return &guard->base;
}

image_codecs_bitmap image_codecs_decode_jpeg(const uint8_t *data, size_t size, int least, int limit) {
    image_codecs_bitmap none = {NULL, 0, 0};
    struct jpeg_decompress_struct info;
    jpeg_guard guard;
    // Assigned after setjmp and read after longjmp.
    uint8_t *volatile pixels = NULL;
    info.err = jpeg_guarded(&guard);
    if (setjmp(guard.escape)) {
        jpeg_destroy_decompress(&info);
        free(pixels);
        return none;
    }
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, data, size);
    jpeg_read_header(&info, TRUE);
    if (info.image_width > (unsigned)limit || info.image_height > (unsigned)limit) {
        jpeg_destroy_decompress(&info);
        return none;
    }
    info.out_color_space = JCS_EXT_RGBA;
    if (info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK) {
        jpeg_destroy_decompress(&info);
        return none;
    }
    info.scale_num = 1;
    info.scale_denom = 1;
    if (least > 0) {
        for (unsigned denom = 8; denom > 1; denom /= 2) {
            if (info.image_width / denom >= (unsigned)least && info.image_height / denom >= (unsigned)least) {
                info.scale_denom = denom;
                break;
            }
        }
    }
    jpeg_start_decompress(&info);
    size_t row = (size_t)info.output_width * 4;
    pixels = malloc(row * info.output_height);
    if (!pixels) {
        jpeg_destroy_decompress(&info);
        return none;
    }
    while (info.output_scanline < info.output_height) {
        JSAMPROW line = pixels + row * info.output_scanline;
        jpeg_read_scanlines(&info, &line, 1);
    }
    image_codecs_bitmap bitmap = {pixels, (int)info.output_width, (int)info.output_height};
    jpeg_finish_decompress(&info);
    jpeg_destroy_decompress(&info);
    return bitmap;
}

image_codecs_bitmap image_codecs_decode_png(const uint8_t *data, size_t size, int limit) {
    image_codecs_bitmap none = {NULL, 0, 0};
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&image, data, size)) return none;
    if (image.width > (unsigned)limit || image.height > (unsigned)limit) {
        png_image_free(&image);
        return none;
    }
    image.format = PNG_FORMAT_RGBA;
    uint8_t *pixels = malloc(PNG_IMAGE_SIZE(image));
    if (!pixels || !png_image_finish_read(&image, NULL, pixels, 0, NULL)) {
        png_image_free(&image);
        free(pixels);
        return none;
    }
    image_codecs_bitmap bitmap = {pixels, (int)image.width, (int)image.height};
    return bitmap;
}

bool image_codecs_encode_jpeg(const uint8_t *rgb, int width, int height, int quality, uint8_t **out, size_t *out_size) {
    struct jpeg_compress_struct info;
    jpeg_guard guard;
    unsigned char *volatile buffer = NULL;
    unsigned char *target = NULL;
    unsigned long length = 0;
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
    buffer = target;
    jpeg_destroy_compress(&info);
    *out = buffer;
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

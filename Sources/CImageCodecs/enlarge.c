#include "image_codecs.h"

void image_codecs_enlarge(const uint8_t *rgba, int source_width, int source_height, image_codecs_canvas canvas) {
    // Places in the source in 16.16 fixed point. The centre of the first pixel is at one half.
    const int64_t across = ((int64_t)source_width << 16) / canvas.width, down = ((int64_t)source_height << 16) / canvas.height;
    uint8_t *out = canvas.pixels;
    for (int y = 0; y < canvas.height; y++) {
        int64_t v = y * down + down / 2 - 32768;
        if (v < 0) v = 0;
        const int top = (int)(v >> 16), bottom = top + 1 < source_height ? top + 1 : top;
        const int64_t low = v & 0xFFFF, high = 65536 - low;
        const uint8_t *upper = rgba + (size_t)top * (size_t)source_width * 4;
        const uint8_t *lower = rgba + (size_t)bottom * (size_t)source_width * 4;
        for (int x = 0; x < canvas.width; x++, out += 4) {
            int64_t u = x * across + across / 2 - 32768;
            if (u < 0) u = 0;
            const int left = (int)(u >> 16), right = left + 1 < source_width ? left + 1 : left;
            const int64_t far = u & 0xFFFF, near = 65536 - far;
            const uint8_t *corners[4] = {upper + left * 4, upper + right * 4, lower + left * 4, lower + right * 4};
            const int64_t shares[4] = {near * high >> 16, far * high >> 16, near * low >> 16, far * low >> 16};
            int64_t sums[3] = {0}, alpha = 0, whole = 0;
            for (int i = 0; i < 4; i++) {
                const int64_t weight = shares[i] * corners[i][3];
                for (int part = 0; part < 3; part++) sums[part] += weight * corners[i][part];
                alpha += weight;
                whole += shares[i];
            }
            for (int part = 0; part < 3; part++) out[part] = alpha ? (uint8_t)((sums[part] + alpha / 2) / alpha) : 0;
            out[3] = (uint8_t)((alpha + whole / 2) / whole);
        }
    }
}

void image_codecs_flatten(const uint8_t *rgba, size_t pixels, const uint8_t *background, uint8_t *rgb) {
    for (size_t i = 0; i < pixels; i++, rgba += 4, rgb += 3) {
        const int alpha = rgba[3];
        for (int part = 0; part < 3; part++)
            rgb[part] = (uint8_t)((rgba[part] * alpha + background[part] * (255 - alpha) + 127) / 255);
    }
}

bool image_codecs_is_opaque(const uint8_t *rgba, size_t pixels) {
    for (size_t i = 0; i < pixels; i++)
        if (rgba[i * 4 + 3] != 255) return false;
    return true;
}

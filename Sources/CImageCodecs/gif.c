// The pixels of a GIF's frame: LZW codes of growing width, the lowest bit first. After the GIF89a specification,
// appendix F.
#include "image_codecs.h"

#include <stdlib.h>

enum { most_codes = 4096 };

typedef struct {
    uint16_t prefix[most_codes];
    uint8_t last[most_codes];
    uint8_t first[most_codes];
    uint16_t length[most_codes];
} code_table;

/// Unpacks at most `count` indices; returns how many there were. Ends at the first code that cannot be.
static size_t unpack(
    const uint8_t *data, size_t size, int code_size, code_table *table, uint8_t *indices, size_t count) {
    const int clear = 1 << code_size, end = clear + 1;
    int width = code_size + 1, next = end + 1, previous = -1;
    uint32_t bits = 0;
    int available = 0;
    size_t position = 0, filled = 0;
    for (int code = 0; code < clear; code++) {
        table->last[code] = table->first[code] = (uint8_t)code;
        table->length[code] = 1;
    }
    while (filled < count) {
        while (available < width && position < size) {
            bits |= (uint32_t)data[position++] << available;
            available += 8;
        }
        if (available < width) break;
        const int code = (int)(bits & ((1u << width) - 1));
        bits >>= width;
        available -= width;
        if (code == end) break;
        if (code == clear) {
            width = code_size + 1;
            next = end + 1;
            previous = -1;
            continue;
        }
        // A code may be the one that is only now being made.
        if (code > next || (code == next && previous < 0) || (code >= clear && code < end + 1)) break;
        if (previous < 0 && code >= clear) break;
        if (previous >= 0 && next < most_codes) {
            table->prefix[next] = (uint16_t)previous;
            table->first[next] = table->first[previous];
            table->last[next] = table->first[code == next ? previous : code];
            table->length[next] = (uint16_t)(table->length[previous] + 1);
            next++;
            if (next == 1 << width && width < 12) width++;
        } else if (code >= next) {
            break;
        }
        // Written from its end; what has no place in the picture is dropped.
        const size_t length = table->length[code];
        int part = code;
        for (size_t place = length; place > 0; place--) {
            if (filled + place - 1 < count) indices[filled + place - 1] = table->last[part];
            if (place > 1) part = table->prefix[part];
        }
        filled += length;
        previous = code;
    }
    return filled < count ? filled : count;
}

bool image_codecs_gif_draw(
    const uint8_t *data, size_t size, int code_size, const uint8_t *palette, int colors, image_codecs_gif_frame frame,
    image_codecs_canvas canvas) {
    if (code_size < 1 || code_size > 8 || frame.width < 0 || frame.height < 0 || frame.left < 0 || frame.top < 0) {
        return false;
    }
    const size_t count = (size_t)frame.width * (size_t)frame.height;
    if (count == 0) return true;
    uint8_t *indices = malloc(count);
    code_table *table = malloc(sizeof *table);
    if (!indices || !table) {
        free(indices);
        free(table);
        return false;
    }
    const size_t filled = unpack(data, size, code_size, table, indices, count);
    free(table);
    static const int starts[] = {0, 4, 2, 1}, steps[] = {8, 8, 4, 2};
    size_t place = 0;
    for (int pass = 0; pass < (frame.is_interlaced ? 4 : 1); pass++) {
        const int step = frame.is_interlaced ? steps[pass] : 1;
        for (int row = frame.is_interlaced ? starts[pass] : 0; row < frame.height; row += step) {
            for (int column = 0; column < frame.width && place < filled; column++, place++) {
                const int index = indices[place];
                const int x = frame.left + column, y = frame.top + row;
                if (index == frame.transparent || index >= colors || x >= canvas.width || y >= canvas.height) continue;
                uint8_t *pixel = canvas.pixels + ((size_t)y * (size_t)canvas.width + (size_t)x) * 4;
                pixel[0] = palette[index * 3];
                pixel[1] = palette[index * 3 + 1];
                pixel[2] = palette[index * 3 + 2];
                pixel[3] = 255;
            }
        }
    }
    free(indices);
    return filled > 0;
}

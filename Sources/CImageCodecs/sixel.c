#include "image_codecs.h"

#include <stdlib.h>
#include <string.h>

// Colours are counted at five bits a part, which is finer than a palette of 256 can show.
enum { LEVELS = 32, BINS = LEVELS * LEVELS * LEVELS, MOST_COLORS = 256 };

typedef struct {
    uint32_t count;
    uint32_t sums[3];
} bin;

typedef struct {
    // Positions in the list of bins that are not empty.
    int start, end;
    // The part with the largest variance, and that variance times the number of pixels.
    int part;
    double spread;
} box;

static inline int bin_of(int red, int green, int blue) { return (red >> 3) << 10 | (green >> 3) << 5 | blue >> 3; }

static inline int bin_part(int index, int part) { return index >> (10 - 5 * part) & 31; }

static void measure(const bin *bins, const int *used, box *b) {
    double total = 0, sums[3] = {0}, squares[3] = {0};
    for (int i = b->start; i < b->end; i++) {
        const double n = bins[used[i]].count;
        total += n;
        for (int part = 0; part < 3; part++) {
            const double value = bin_part(used[i], part);
            sums[part] += n * value;
            squares[part] += n * value * value;
        }
    }
    b->spread = -1;
    for (int part = 0; part < 3; part++) {
        // The eye tells greens apart best, blues worst.
        static const double weights[3] = {1.0, 1.3, 0.7};
        const double spread = weights[part] * (squares[part] - sums[part] * sums[part] / total);
        if (spread > b->spread) {
            b->spread = spread;
            b->part = part;
        }
    }
    if (b->end - b->start < 2) b->spread = 0;
}

// Puts the bins that lie below the mean of the box's part first; returns where the others begin.
static int split(const bin *bins, int *used, const box *b) {
    double total = 0, sum = 0;
    for (int i = b->start; i < b->end; i++) {
        total += bins[used[i]].count;
        sum += (double)bins[used[i]].count * bin_part(used[i], b->part);
    }
    const double mean = sum / total;
    int left = b->start, right = b->end - 1;
    while (left <= right) {
        if (bin_part(used[left], b->part) <= mean) {
            left++;
        } else {
            const int other = used[right];
            used[right--] = used[left];
            used[left] = other;
        }
    }
    return left;
}

static int nearest(const uint8_t *palette, int colors, int red, int green, int blue) {
    int best = 0, shortest = INT32_MAX;
    for (int i = 0; i < colors; i++) {
        const int r = palette[i * 3] - red, g = palette[i * 3 + 1] - green, b = palette[i * 3 + 2] - blue;
        const int distance = 2 * r * r + 3 * g * g + b * b;
        if (distance < shortest) {
            shortest = distance;
            best = i;
        }
    }
    return best;
}

// The sums of each colour's pixels become its palette entry, at the hundred steps that a terminal is told.
static void settle(uint8_t *palette, int colors, double sums[][3], const double *counts) {
    for (int i = 0; i < colors; i++) {
        if (counts[i] == 0) continue;
        for (int part = 0; part < 3; part++) {
            const int percent = (int)(sums[i][part] / counts[i] * 100 / 255 + 0.5);
            palette[i * 3 + part] = (uint8_t)((percent * 255 + 50) / 100);
        }
    }
}

static int choose_palette(const uint8_t *rgb, size_t pixels, int wanted, uint8_t *palette, bin *bins, int *used) {
    memset(bins, 0, BINS * sizeof *bins);
    for (size_t i = 0; i < pixels; i++, rgb += 3) {
        bin *b = bins + bin_of(rgb[0], rgb[1], rgb[2]);
        b->count++;
        for (int part = 0; part < 3; part++) b->sums[part] += rgb[part];
    }
    int count = 0;
    for (int i = 0; i < BINS; i++)
        if (bins[i].count) used[count++] = i;
    box boxes[MOST_COLORS] = {{.start = 0, .end = count}};
    measure(bins, used, boxes);
    int colors = 1;
    while (colors < wanted) {
        int widest = 0;
        for (int i = 1; i < colors; i++)
            if (boxes[i].spread > boxes[widest].spread) widest = i;
        if (boxes[widest].spread <= 0) break;
        const int middle = split(bins, used, boxes + widest);
        boxes[colors] = (box){.start = middle, .end = boxes[widest].end};
        boxes[widest].end = middle;
        measure(bins, used, boxes + widest);
        measure(bins, used, boxes + colors++);
    }
    static const int refinements = 2;
    for (int round = 0; round <= refinements; round++) {
        double sums[MOST_COLORS][3] = {{0}}, counts[MOST_COLORS] = {0};
        for (int place = 0, i = 0; i < count; i++) {
            const bin *b = bins + used[i];
            if (round == 0) {
                for (place = 0; i < boxes[place].start || i >= boxes[place].end;) place++;
            } else {
                place = nearest(palette, colors, (int)(b->sums[0] / b->count), (int)(b->sums[1] / b->count),
                                (int)(b->sums[2] / b->count));
            }
            counts[place] += b->count;
            for (int part = 0; part < 3; part++) sums[place][part] += b->sums[part];
        }
        settle(palette, colors, sums, counts);
    }
    return colors;
}

// The middle of the values that share a bin.
static inline int middle(int value) { return (value & ~7) + 4; }

static inline int clamped(int value) { return value < 0 ? 0 : value > 255 ? 255 : value; }

// Gives each pixel its entry, and the error to the neighbours that come later, in the shares of Floyd and Steinberg.
// Every other row goes from right to left, so that no diagonal pattern is seen.
static bool dither(const uint8_t *rgb, int width, int height, const uint8_t *palette, int colors, uint8_t *indices) {
    int16_t *known = malloc(BINS * sizeof *known);
    // One pixel of margin at each end spares the check of the edges.
    int *errors = calloc(((size_t)width + 2) * 3 * 2, sizeof *errors);
    if (known && errors) {
        for (int i = 0; i < BINS; i++) known[i] = -1;
        int *here = errors, *below = errors + ((size_t)width + 2) * 3;
        for (int y = 0; y < height; y++) {
            const int forward = y % 2 == 0 ? 1 : -1;
            memset(below, 0, ((size_t)width + 2) * 3 * sizeof *below);
            for (int step = 0; step < width; step++) {
                const int x = forward > 0 ? step : width - 1 - step;
                const uint8_t *pixel = rgb + ((size_t)y * (size_t)width + (size_t)x) * 3;
                int *error = here + (x + 1) * 3;
                int wanted[3];
                for (int part = 0; part < 3; part++) wanted[part] = clamped(pixel[part] + error[part] / 16);
                int16_t *place = known + bin_of(wanted[0], wanted[1], wanted[2]);
                if (*place < 0) *place = (int16_t)nearest(palette, colors, middle(wanted[0]), middle(wanted[1]), middle(wanted[2]));
                indices[(size_t)y * (size_t)width + (size_t)x] = (uint8_t)*place;
                for (int part = 0; part < 3; part++) {
                    const int miss = wanted[part] - palette[*place * 3 + part];
                    error[forward * 3 + part] += miss * 7;
                    int *under = below + (x + 1) * 3 + part;
                    under[-forward * 3] += miss * 3;
                    under[0] += miss * 5;
                    under[forward * 3] += miss;
                }
            }
            int *other = here;
            here = below;
            below = other;
        }
    }
    const bool done = known && errors;
    free(known);
    free(errors);
    return done;
}

int image_codecs_quantize(
    const uint8_t *rgb, int width, int height, int most_colors, uint8_t *palette, uint8_t *indices) {
    const int wanted = most_colors < 2 ? 2 : most_colors > MOST_COLORS ? MOST_COLORS : most_colors;
    bin *bins = malloc(BINS * sizeof *bins);
    int *used = malloc(BINS * sizeof *used);
    int colors = 0;
    if (bins && used) {
        colors = choose_palette(rgb, (size_t)width * (size_t)height, wanted, palette, bins, used);
        if (!dither(rgb, width, height, palette, colors, indices)) colors = 0;
    }
    free(bins);
    free(used);
    return colors;
}

typedef struct {
    uint8_t *bytes;
    size_t count, room;
    bool failed;
} text;

static void put(text *t, const char *bytes, size_t count) {
    if (t->failed) return;
    if (t->count + count > t->room) {
        const size_t room = (t->count + count) * 2;
        uint8_t *larger = realloc(t->bytes, room);
        if (!larger) {
            t->failed = true;
            return;
        }
        t->bytes = larger;
        t->room = room;
    }
    memcpy(t->bytes + t->count, bytes, count);
    t->count += count;
}

static void put_number(text *t, int value) {
    char digits[12];
    int at = sizeof digits;
    do digits[--at] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    put(t, digits + at, sizeof digits - (size_t)at);
}

static void put_run(text *t, int count, uint8_t mask) {
    const char character = (char)('?' + mask);
    if (count > 3) {
        put(t, "!", 1);
        put_number(t, count);
        count = 1;
    }
    while (count-- > 0) put(t, &character, 1);
}

bool image_codecs_sixel(
    const uint8_t *indices, int width, int height, const uint8_t *palette, int colors, uint8_t **out, size_t *out_size) {
    text t = {0};
    // For each colour, the six pixels of every column as bits.
    uint8_t *masks = calloc(MOST_COLORS, (size_t)width);
    if (!masks) return false;
    // Second parameter 1: pixels that are not drawn stay as they are.
    put(&t, "\033P0;1q\"1;1;", 11);
    put_number(&t, width);
    put(&t, ";", 1);
    put_number(&t, height);
    bool is_named[MOST_COLORS] = {false};
    for (size_t i = 0; i < (size_t)width * (size_t)height; i++) is_named[indices[i]] = true;
    for (int i = 0; i < colors; i++) {
        if (!is_named[i]) continue;
        put(&t, "#", 1);
        put_number(&t, i);
        put(&t, ";2", 2);
        for (int part = 0; part < 3; part++) {
            put(&t, ";", 1);
            put_number(&t, (palette[i * 3 + part] * 100 + 127) / 255);
        }
    }
    for (int top = 0; top < height; top += 6) {
        const int rows = height - top < 6 ? height - top : 6;
        bool is_used[MOST_COLORS] = {false};
        for (int y = 0; y < rows; y++) {
            const uint8_t *line = indices + (size_t)(top + y) * (size_t)width;
            for (int x = 0; x < width; x++) {
                is_used[line[x]] = true;
                masks[(size_t)line[x] * (size_t)width + (size_t)x] |= (uint8_t)(1 << y);
            }
        }
        if (top > 0) put(&t, "-", 1);
        bool is_first = true;
        for (int i = 0; i < colors; i++) {
            if (!is_used[i]) continue;
            if (!is_first) put(&t, "$", 1);
            is_first = false;
            put(&t, "#", 1);
            put_number(&t, i);
            uint8_t *mask = masks + (size_t)i * (size_t)width;
            int end = width;
            while (end > 0 && mask[end - 1] == 0) end--;
            for (int x = 0; x < end;) {
                int next = x + 1;
                while (next < end && mask[next] == mask[x]) next++;
                put_run(&t, next - x, mask[x]);
                x = next;
            }
            memset(mask, 0, (size_t)width);
        }
    }
    put(&t, "\033\\", 2);
    free(masks);
    if (t.failed) {
        free(t.bytes);
        return false;
    }
    *out = t.bytes;
    *out_size = t.count;
    return true;
}

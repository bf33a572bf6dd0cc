// Lets every allocation of the C parts fail once, those of the libraries under them too: each function must then say so,
// or do its work all the same, and keep no memory. Built and run by Scripts/torture.py.
#define _GNU_SOURCE
#include "ccurl.h"
#include "image_codecs.h"
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void __libc_free(void *);

static long fail_at, calls, held;
static bool is_counting, has_failed;

static bool fails(void) {
    if (!is_counting || ++calls != fail_at) return false;
    has_failed = true;
    return true;
}
static void *taken(void *memory) {
    if (is_counting && memory) held++;
    return memory;
}
void *malloc(size_t size) { return fails() ? NULL : taken(__libc_malloc(size)); }
void *calloc(size_t count, size_t size) { return fails() ? NULL : taken(__libc_calloc(count, size)); }
void *realloc(void *old, size_t size) {
    if (fails()) return NULL;
    void *memory = __libc_realloc(old, size);
    if (is_counting && memory && !old) held++;
    return memory;
}
void free(void *memory) {
    if (is_counting && memory) held--;
    __libc_free(memory);
}

enum { width = 37, height = 23, small_width = 11, small_height = 7 };
static uint8_t rgb[width * height * 3], rgba[width * height * 4], canvas_pixels[small_width * small_height * 4];
static uint8_t expected[sizeof canvas_pixels];
static uint8_t *png, *jpeg;
static size_t png_size, jpeg_size;
static const image_codecs_canvas canvas = {canvas_pixels, small_width, small_height};

static bool decode_png(void) { return image_codecs_decode_png(png, png_size, width, height, canvas); }
static bool decode_jpeg(void) { return image_codecs_decode_jpeg(jpeg, jpeg_size, width, height, canvas); }
static bool resize(void) { return image_codecs_resize(rgba, width, height, canvas); }
static bool measure(void) {
    int w = 0, h = 0;
    return image_codecs_measure(png, png_size, &w, &h) && image_codecs_measure(jpeg, jpeg_size, &w, &h) && w == width
        && h == height;
}
static bool encode_png(void) {
    uint8_t *out = NULL;
    size_t size = 0;
    bool isDone = image_codecs_encode_png(rgb, width, height, &out, &size);
    if (isDone) isDone = size == png_size && memcmp(out, png, size) == 0;
    if (out) image_codecs_free(out);
    return isDone;
}
static bool encode_jpeg(void) {
    uint8_t *out = NULL;
    size_t size = 0;
    bool isDone = image_codecs_encode_jpeg(rgb, width, height, 90, &out, &size);
    if (isDone) isDone = size == jpeg_size && memcmp(out, jpeg, size) == 0;
    if (out) image_codecs_free(out);
    return isDone;
}
static bool sign(void) {
    uint8_t digest[32], again[32];
    static const char text[] = "what is signed";
    bool isDone = ccurl_hmac_sha256("key", 3, text, sizeof text, digest)
        && ccurl_hmac_sha256("key", 3, text, sizeof text, again) && ccurl_equal(digest, again, sizeof digest);
    // Where the library writes down its errors, it keeps memory until it is told to forget them.
    ERR_clear_error();
    OPENSSL_thread_stop();
    return isDone;
}

int main(void) {
    struct { const char *name; bool (*run)(void); bool fillsCanvas; } cases[] = {
        {"decode png", decode_png, true}, {"decode jpeg", decode_jpeg, true}, {"resize", resize, true},
        {"measure", measure, false}, {"encode png", encode_png, false}, {"encode jpeg", encode_jpeg, false},
        {"sign", sign, false},
    };
    for (size_t i = 0; i < sizeof rgb; i++) rgb[i] = (uint8_t)(i * 7);
    for (size_t i = 0; i < sizeof rgba; i++) rgba[i] = (uint8_t)(i * 5);
    if (!image_codecs_encode_png(rgb, width, height, &png, &png_size)) return 2;
    if (!image_codecs_encode_jpeg(rgb, width, height, 90, &jpeg, &jpeg_size)) return 2;
    int wrong = 0;
    long attempts = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        // Libraries set themselves up once.
        if (!cases[i].run()) return 3;
        memcpy(expected, canvas_pixels, sizeof expected);
        for (long n = 1;; n++) {
            memset(canvas_pixels, 0, sizeof canvas_pixels);
            fail_at = n;
            calls = held = 0;
            has_failed = false;
            is_counting = true;
            bool isDone = cases[i].run();
            is_counting = false;
            attempts++;
            bool isRight = !isDone || !cases[i].fillsCanvas || memcmp(expected, canvas_pixels, sizeof expected) == 0;
            if (!isRight || held != 0) {
                wrong++;
                printf("%s: allocation %ld of %ld: %s, %ld kept\n", cases[i].name, n, calls,
                       isRight ? "right" : "wrong pixels", held);
            }
            if (!has_failed) {
                if (!isDone) wrong++;
                break;
            }
        }
    }
    printf("memory: %ld allocations failed, %d wrong\n", attempts, wrong);
    return wrong ? 1 : 0;
}

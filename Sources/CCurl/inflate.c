#include "ccurl.h"
#include <stdlib.h>
#include <zlib.h>

struct ccurl_inflater {
    z_stream stream;
    bool is_whole;
};

struct ccurl_inflater *ccurl_inflate_begin(void) {
    struct ccurl_inflater *inflater = calloc(1, sizeof *inflater);
    // 32: gzip or zlib, whichever its beginning says.
    if (!inflater || inflateInit2(&inflater->stream, MAX_WBITS + 32) != Z_OK) abort();
    return inflater;
}

bool ccurl_inflate(
    struct ccurl_inflater *inflater, const uint8_t *data, size_t *size, uint8_t *target, size_t *room) {
    z_stream *stream = &inflater->stream;
    size_t available = *size;
    if (inflater->is_whole) {
        // Behind a member may follow another one, or padding.
        if (available == 0 || data[0] != 0x1F) return *room = 0, true;
        inflateReset(stream);
        inflater->is_whole = false;
    }
    stream->next_in = (Bytef *)data;
    stream->avail_in = (uInt)available;
    stream->next_out = target;
    stream->avail_out = (uInt)*room;
    int result = inflate(stream, Z_NO_FLUSH);
    *size = available - stream->avail_in;
    *room -= stream->avail_out;
    inflater->is_whole = result == Z_STREAM_END;
    return result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR;
}

bool ccurl_inflate_is_whole(const struct ccurl_inflater *inflater) { return inflater->is_whole; }

void ccurl_inflate_end(struct ccurl_inflater *inflater) {
    if (!inflater) return;
    inflateEnd(&inflater->stream);
    free(inflater);
}

// Makes libcurl importable: its variadic functions as plain ones, and SHA-256 from the libcrypto that comes with it.
//
// Both libraries are loaded when they are first needed, not when the program starts: libcurl brings thirty others along,
// and most commands never speak to the network.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Loads libcurl and sets it up, once; later calls only give the same answer. Blocks for some milliseconds the first time;
/// any thread. NULL: every other function with `ccurl_easy`, `ccurl_multi`, `ccurl_slist` or `ccurl_mime` in its name may
/// be called. Otherwise the loader's words about what is missing, and none of them may be called.
const char *ccurl_load(void);

typedef size_t (*ccurl_data_callback)(char *data, size_t size, size_t count, void *context);
typedef curl_socket_t (*ccurl_socket_callback)(
    void *context, curlsocktype purpose, struct curl_sockaddr *address);

CURL *ccurl_easy_init(void);
void ccurl_easy_cleanup(CURL *handle);
const char *ccurl_easy_strerror(CURLcode code);
CURLcode ccurl_easy_set_long(CURL *handle, CURLoption option, long value);
CURLcode ccurl_easy_set_offset(CURL *handle, CURLoption option, curl_off_t value);
CURLcode ccurl_easy_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode ccurl_easy_set_pointer(CURL *handle, CURLoption option, void *value);
/// libcurl keeps a copy of the bytes.
CURLcode ccurl_easy_set_copied_blob(CURL *handle, CURLoption option, const void *data, size_t size);
CURLcode ccurl_easy_set_data_callback(CURL *handle, CURLoption option, ccurl_data_callback callback);
CURLcode ccurl_easy_set_socket_callback(CURL *handle, ccurl_socket_callback callback, void *context);
/// Has the kernel take no more than so many bytes ahead of the network, so that what libcurl has sent is nearly what has
/// left. Only for connections that are opened by this handle.
CURLcode ccurl_easy_limit_bytes_ahead(CURL *handle, int most);
/// Transfers and returns when that has ended.
CURLcode ccurl_easy_perform(CURL *handle);
long ccurl_easy_get_long(CURL *handle, CURLINFO info);
curl_off_t ccurl_easy_get_offset(CURL *handle, CURLINFO info);
void *ccurl_easy_get_private(CURL *handle);

CURLM *ccurl_multi_init(void);
void ccurl_multi_cleanup(CURLM *multi);
void ccurl_multi_add_handle(CURLM *multi, CURL *handle);
void ccurl_multi_remove_handle(CURLM *multi, CURL *handle);
void ccurl_multi_perform(CURLM *multi);
/// Sleeps until something can be done, at most so many milliseconds.
void ccurl_multi_poll(CURLM *multi, int timeout);
/// Ends the sleep of ``ccurl_multi_poll``; any thread.
void ccurl_multi_wakeup(CURLM *multi);
/// The next transfer that has ended, and how; NULL: no other has.
CURL *ccurl_multi_next_finished(CURLM *multi, CURLcode *result);

/// The list with a copy of the line at its end.
struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line);
void ccurl_slist_free_all(struct curl_slist *list);

curl_mime *ccurl_mime_init(CURL *handle);
void ccurl_mime_free(curl_mime *form);
/// A part with a file, streamed from the disk.
void ccurl_mime_add_file(curl_mime *form, const char *part, const char *path, const char *name, const char *type);
/// A part with a text, which is copied.
void ccurl_mime_add_text(curl_mime *form, const char *part, const char *text);

/// Undoes gzip or zlib as it arrives.
struct ccurl_inflater;
struct ccurl_inflater *ccurl_inflate_begin(void);
/// Takes bytes and writes what comes out. `size` and `room` say how many there are and fit, and then how many were taken and
/// written. False: the bytes are corrupt. What follows the end of the content, and is no other content, is passed over.
bool ccurl_inflate(
    struct ccurl_inflater *inflater, const uint8_t *data, size_t *size, uint8_t *target, size_t *room);
/// Whether the content has ended with the last byte that was taken.
bool ccurl_inflate_is_whole(const struct ccurl_inflater *inflater);
void ccurl_inflate_end(struct ccurl_inflater *inflater);

/// An incremental SHA-256. The first call of these four loads libcrypto; without it the program ends.
EVP_MD_CTX *ccurl_sha256_begin(void);
void ccurl_sha256_add(EVP_MD_CTX *context, const void *data, size_t size);
/// Writes 32 bytes and frees the context.
void ccurl_sha256_end(EVP_MD_CTX *context, uint8_t *digest);
/// HMAC-SHA-256 of `data`; writes 32 bytes. False when there is no memory for it.
bool ccurl_hmac_sha256(const void *key, size_t key_size, const void *data, size_t size, uint8_t *digest);
/// Compares in a time that does not tell where the two differ.
bool ccurl_equal(const void *first, const void *second, size_t size);

#endif

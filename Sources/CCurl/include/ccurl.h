// Makes libcurl importable: its variadic functions as plain ones, and SHA-256 from the libcrypto that comes with it.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

typedef size_t (*ccurl_data_callback)(char *data, size_t size, size_t count, void *context);
typedef int (*ccurl_progress_callback)(
    void *context, curl_off_t dltotal, curl_off_t dlnow, curl_off_t ultotal, curl_off_t ulnow);

static inline CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ccurl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
/// libcurl keeps a copy of the bytes.
static inline CURLcode ccurl_set_copied_blob(CURL *handle, CURLoption option, const void *data, size_t size) {
    struct curl_blob blob = {(void *)data, size, CURL_BLOB_COPY};
    return curl_easy_setopt(handle, option, &blob);
}
static inline CURLcode ccurl_set_data_callback(CURL *handle, CURLoption option, ccurl_data_callback callback) {
    return curl_easy_setopt(handle, option, callback);
}
static inline long ccurl_get_long(CURL *handle, CURLINFO info) {
    long value = 0;
    curl_easy_getinfo(handle, info, &value);
    return value;
}
static inline curl_off_t ccurl_get_offset(CURL *handle, CURLINFO info) {
    curl_off_t value = 0;
    curl_easy_getinfo(handle, info, &value);
    return value;
}
static inline void *ccurl_get_private(CURL *handle) {
    void *value = NULL;
    curl_easy_getinfo(handle, CURLINFO_PRIVATE, &value);
    return value;
}
typedef curl_socket_t (*ccurl_socket_callback)(
    void *context, curlsocktype purpose, struct curl_sockaddr *address);
static inline CURLcode ccurl_set_socket_callback(CURL *handle, ccurl_socket_callback callback, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, callback);
    return code ? code : curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, context);
}
/// The transfer behind a message that says it has ended; NULL for any other message.
static inline int ccurl_limit_unsent(void *bytes, curl_socket_t socket, curlsocktype purpose) {
    if (purpose == CURLSOCKTYPE_IPCXN) {
        int most = (int)(intptr_t)bytes;
        setsockopt(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &most, sizeof most);
    }
    return CURL_SOCKOPT_OK;
}

// Has the kernel take no more than so many bytes ahead of the network, so that what libcurl has sent is nearly what has
// left. Only for connections that are opened by this handle.
static inline CURLcode ccurl_limit_bytes_ahead(CURL *handle, int most) {
    curl_easy_setopt(handle, CURLOPT_SOCKOPTDATA, (void *)(intptr_t)most);
    return curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, ccurl_limit_unsent);
}

static inline CURL *ccurl_finished(CURLMsg *message, CURLcode *result) {
    if (message->msg != CURLMSG_DONE) return NULL;
    *result = message->data.result;
    return message->easy_handle;
}

/// An incremental SHA-256.
EVP_MD_CTX *ccurl_sha256_begin(void);
void ccurl_sha256_add(EVP_MD_CTX *context, const void *data, size_t size);
/// Writes 32 bytes and frees the context.
void ccurl_sha256_end(EVP_MD_CTX *context, uint8_t *digest);
/// HMAC-SHA-256 of `data`; writes 32 bytes. False when there is no memory for it.
bool ccurl_hmac_sha256(const void *key, size_t key_size, const void *data, size_t size, uint8_t *digest);
/// Compares in a time that does not tell where the two differ.
bool ccurl_equal(const void *first, const void *second, size_t size);

#endif

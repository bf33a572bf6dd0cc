#include "ccurl.h"
#include "library.h"
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/socket.h>

#define FUNCTIONS(F)                                                                                                   \
    F(global_init) F(easy_init) F(easy_cleanup) F(easy_strerror) F(easy_setopt) F(easy_getinfo) F(easy_perform)        \
    F(multi_init) F(multi_cleanup) F(multi_add_handle) F(multi_remove_handle) F(multi_perform) F(multi_poll)           \
    F(multi_wakeup) F(multi_info_read) F(slist_append) F(slist_free_all) F(mime_init) F(mime_free)                     \
    F(mime_addpart) F(mime_name) F(mime_data) F(mime_filedata) F(mime_filename) F(mime_type)

#define FIELD(name) __typeof__(&curl_##name) name;
#define ENTRY(name) {"curl_" #name, (void **)&curl.name},

static struct {
    FUNCTIONS(FIELD)
} curl;
static const struct library_function functions[] = {FUNCTIONS(ENTRY)};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char failure[256];

static void load(void) {
    // The number changes with the binary interface only; it has been 4 since 2006.
    if (!library_load("libcurl.so.4", functions, sizeof functions / sizeof *functions, failure, sizeof failure)) return;
    curl.global_init(CURL_GLOBAL_ALL);
}

const char *ccurl_load(void) {
    pthread_once(&once, load);
    return failure[0] ? failure : NULL;
}

CURL *ccurl_easy_init(void) { return curl.easy_init(); }
void ccurl_easy_cleanup(CURL *handle) { curl.easy_cleanup(handle); }
const char *ccurl_easy_strerror(CURLcode code) { return curl.easy_strerror(code); }

CURLcode ccurl_easy_set_long(CURL *handle, CURLoption option, long value) {
    return curl.easy_setopt(handle, option, value);
}
CURLcode ccurl_easy_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl.easy_setopt(handle, option, value);
}
CURLcode ccurl_easy_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl.easy_setopt(handle, option, value);
}
CURLcode ccurl_easy_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl.easy_setopt(handle, option, value);
}
CURLcode ccurl_easy_set_copied_blob(CURL *handle, CURLoption option, const void *data, size_t size) {
    struct curl_blob blob = {(void *)data, size, CURL_BLOB_COPY};
    return curl.easy_setopt(handle, option, &blob);
}
CURLcode ccurl_easy_set_data_callback(CURL *handle, CURLoption option, ccurl_data_callback callback) {
    return curl.easy_setopt(handle, option, callback);
}
CURLcode ccurl_easy_set_socket_callback(CURL *handle, ccurl_socket_callback callback, void *context) {
    CURLcode code = curl.easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, callback);
    return code ? code : curl.easy_setopt(handle, CURLOPT_OPENSOCKETDATA, context);
}

static int limit_unsent(void *bytes, curl_socket_t socket, curlsocktype purpose) {
    if (purpose == CURLSOCKTYPE_IPCXN) {
        int most = (int)(intptr_t)bytes;
        setsockopt(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &most, sizeof most);
    }
    return CURL_SOCKOPT_OK;
}
CURLcode ccurl_easy_limit_bytes_ahead(CURL *handle, int most) {
    curl.easy_setopt(handle, CURLOPT_SOCKOPTDATA, (void *)(intptr_t)most);
    return curl.easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, limit_unsent);
}

CURLcode ccurl_easy_perform(CURL *handle) { return curl.easy_perform(handle); }

long ccurl_easy_get_long(CURL *handle, CURLINFO info) {
    long value = 0;
    curl.easy_getinfo(handle, info, &value);
    return value;
}
curl_off_t ccurl_easy_get_offset(CURL *handle, CURLINFO info) {
    curl_off_t value = 0;
    curl.easy_getinfo(handle, info, &value);
    return value;
}
void *ccurl_easy_get_private(CURL *handle) {
    void *value = NULL;
    curl.easy_getinfo(handle, CURLINFO_PRIVATE, &value);
    return value;
}

CURLM *ccurl_multi_init(void) { return curl.multi_init(); }
void ccurl_multi_cleanup(CURLM *multi) { curl.multi_cleanup(multi); }
void ccurl_multi_add_handle(CURLM *multi, CURL *handle) { curl.multi_add_handle(multi, handle); }
void ccurl_multi_remove_handle(CURLM *multi, CURL *handle) { curl.multi_remove_handle(multi, handle); }
void ccurl_multi_perform(CURLM *multi) {
    int running = 0;
    curl.multi_perform(multi, &running);
}
void ccurl_multi_poll(CURLM *multi, int timeout) { curl.multi_poll(multi, NULL, 0, timeout, NULL); }
void ccurl_multi_wakeup(CURLM *multi) { curl.multi_wakeup(multi); }
CURL *ccurl_multi_next_finished(CURLM *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl.multi_info_read(multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        *result = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line) {
    return curl.slist_append(list, line);
}
void ccurl_slist_free_all(struct curl_slist *list) { curl.slist_free_all(list); }

curl_mime *ccurl_mime_init(CURL *handle) { return curl.mime_init(handle); }
void ccurl_mime_free(curl_mime *form) { curl.mime_free(form); }
void ccurl_mime_add_file(curl_mime *form, const char *part, const char *path, const char *name, const char *type) {
    curl_mimepart *added = curl.mime_addpart(form);
    curl.mime_name(added, part);
    curl.mime_filedata(added, path);
    curl.mime_filename(added, name);
    curl.mime_type(added, type);
}
void ccurl_mime_add_text(curl_mime *form, const char *part, const char *text) {
    curl_mimepart *added = curl.mime_addpart(form);
    curl.mime_name(added, part);
    curl.mime_data(added, text, CURL_ZERO_TERMINATED);
}

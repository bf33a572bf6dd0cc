#include "ccurl.h"
#include "library.h"
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/opensslv.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define FUNCTIONS(F)                                                                                                   \
    F(EVP_MD_CTX_new) F(EVP_MD_CTX_free) F(EVP_sha256) F(EVP_DigestInit_ex) F(EVP_DigestUpdate) F(EVP_DigestFinal_ex)  \
    F(HMAC) F(CRYPTO_memcmp)

#define FIELD(name) __typeof__(&name) name;
#define ENTRY(name) {#name, (void **)&crypto.name},
#define TEXT(number) #number
#define LIBRARY(number) "libcrypto.so." TEXT(number)

static struct {
    FUNCTIONS(FIELD)
} crypto;
static const struct library_function functions[] = {FUNCTIONS(ENTRY)};

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    char failure[256] = "";
    const char *library = LIBRARY(OPENSSL_SHLIB_VERSION);
    if (library_load(library, functions, sizeof functions / sizeof *functions, failure, sizeof failure)) return;
    fprintf(stderr, "darkroom: OpenSSL cannot be loaded (%s): install the package with %s\n", failure, library);
    abort();
}

EVP_MD_CTX *ccurl_sha256_begin(void) {
    pthread_once(&once, load);
    EVP_MD_CTX *context = crypto.EVP_MD_CTX_new();
    // Without memory Swift ends the process as well; a digest that was never worked out must not be taken for one.
    if (!context || crypto.EVP_DigestInit_ex(context, crypto.EVP_sha256(), NULL) != 1) abort();
    return context;
}

void ccurl_sha256_add(EVP_MD_CTX *context, const void *data, size_t size) {
    if (crypto.EVP_DigestUpdate(context, data, size) != 1) abort();
}

void ccurl_sha256_end(EVP_MD_CTX *context, uint8_t *digest) {
    unsigned length = 0;
    if (crypto.EVP_DigestFinal_ex(context, digest, &length) != 1) abort();
    crypto.EVP_MD_CTX_free(context);
}

bool ccurl_hmac_sha256(const void *key, size_t key_size, const void *data, size_t size, uint8_t *digest) {
    pthread_once(&once, load);
    unsigned length = 0;
    return crypto.HMAC(crypto.EVP_sha256(), key, (int)key_size, data, size, digest, &length) != NULL;
}

bool ccurl_equal(const void *first, const void *second, size_t size) {
    pthread_once(&once, load);
    return crypto.CRYPTO_memcmp(first, second, size) == 0;
}

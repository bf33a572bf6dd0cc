#include "ccurl.h"
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <stdlib.h>

EVP_MD_CTX *ccurl_sha256_begin(void) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    // Without memory Swift ends the process as well; a digest that was never worked out must not be taken for one.
    if (!context || EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1) abort();
    return context;
}

void ccurl_sha256_add(EVP_MD_CTX *context, const void *data, size_t size) {
    if (EVP_DigestUpdate(context, data, size) != 1) abort();
}

void ccurl_sha256_end(EVP_MD_CTX *context, uint8_t *digest) {
    unsigned length = 0;
    if (EVP_DigestFinal_ex(context, digest, &length) != 1) abort();
    EVP_MD_CTX_free(context);
}

bool ccurl_hmac_sha256(const void *key, size_t key_size, const void *data, size_t size, uint8_t *digest) {
    unsigned length = 0;
    return HMAC(EVP_sha256(), key, (int)key_size, data, size, digest, &length) != NULL;
}

bool ccurl_equal(const void *first, const void *second, size_t size) { return CRYPTO_memcmp(first, second, size) == 0; }

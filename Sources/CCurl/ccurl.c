#include "ccurl.h"

EVP_MD_CTX *ccurl_sha256_begin(void) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context) EVP_DigestInit_ex(context, EVP_sha256(), NULL);
    return context;
}

void ccurl_sha256_add(EVP_MD_CTX *context, const void *data, size_t size) {
    if (context) EVP_DigestUpdate(context, data, size);
}

void ccurl_sha256_end(EVP_MD_CTX *context, uint8_t *digest) {
    unsigned length = 0;
    if (!context) return;
    EVP_DigestFinal_ex(context, digest, &length);
    EVP_MD_CTX_free(context);
}

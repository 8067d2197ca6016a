/* SHA-256 (FIPS 180-4), for what other programs want to have hashed so. */
#ifndef AWSDIAG_BASE_SHA256_H
#define AWSDIAG_BASE_SHA256_H

#include <stddef.h>

void sha256(const void *bytes, size_t n, unsigned char out[32]);

#endif

#include "scratch.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct scratch {
  uint8_t *bytes;
  size_t size;
} scratch;

// Enough for an image of 1.5 megapixels.
enum { MOST_KEPT = 8 << 20 };

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int has_key;

static void release(void *value) {
  scratch *own = value;
  free(own->bytes);
  free(own);
}

static void make_key(void) { has_key = pthread_key_create(&key, release) == 0; }

static scratch *of_this_thread(void) {
  pthread_once(&once, make_key);
  if (!has_key) return NULL;
  scratch *own = pthread_getspecific(key);
  if (own != NULL) return own;
  own = calloc(1, sizeof *own);
  if (own != NULL && pthread_setspecific(key, own) != 0) {
    free(own);
    return NULL;
  }
  return own;
}

uint8_t *sb_scratch(size_t size) {
  scratch *own = of_this_thread();
  if (own == NULL) return NULL;
  if (own->size >= size) return own->bytes;
  free(own->bytes);
  own->bytes = malloc(size);
  own->size = own->bytes == NULL ? 0 : size;
  return own->bytes;
}

void sb_scratch_shrink(void) {
  scratch *own = of_this_thread();
  if (own == NULL || own->size <= MOST_KEPT) return;
  free(own->bytes);
  *own = (scratch){0};
}

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "multi.h"

static int port_of(const struct sockaddr *address) {
  switch (address->sa_family) {
    case AF_INET: return ntohs(((const struct sockaddr_in *)(const void *)address)->sin_port);
    case AF_INET6: return ntohs(((const struct sockaddr_in6 *)(const void *)address)->sin6_port);
    default: return 0;
  }
}

static bool remember(http_multi *multi, curl_socket_t number) {
  if (multi->socket_count == multi->socket_room) {
    size_t room = multi->socket_room ? 2 * multi->socket_room : 16;
    http_socket *grown = realloc(multi->sockets, room * sizeof *grown);
    if (grown == NULL) return false;
    multi->sockets = grown;
    multi->socket_room = room;
  }
  multi->sockets[multi->socket_count++] = (http_socket){.number = number};
  return true;
}

curl_socket_t http_socket_open(http_transfer *transfer, const struct curl_sockaddr *address) {
  transfer->connect_port = port_of(&address->addr);
  int number = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (number < 0) {
    transfer->socket_error = errno;
    return CURL_SOCKET_BAD;
  }
  if (!remember(transfer->multi, number)) {
    close(number);
    return CURL_SOCKET_BAD;
  }
  return number;
}

int http_socket_close(void *context, curl_socket_t number) {
  http_multi *multi = context;
  for (size_t i = 0; i < multi->socket_count; i++) {
    if (multi->sockets[i].number != number) continue;
    multi->sockets[i] = multi->sockets[--multi->socket_count];
    break;
  }
  return close(number);
}

bool http_socket_is_stale(http_multi *multi, int local_port, int remote_port) {
  for (size_t i = 0; i < multi->socket_count; i++) {
    http_socket *candidate = &multi->sockets[i];
    struct sockaddr_storage name, peer;
    socklen_t name_size = sizeof name, peer_size = sizeof peer;
    if (getsockname(candidate->number, (struct sockaddr *)&name, &name_size) != 0 ||
        getpeername(candidate->number, (struct sockaddr *)&peer, &peer_size) != 0 ||
        port_of((struct sockaddr *)&name) != local_port ||
        port_of((struct sockaddr *)&peer) != remote_port) {
      continue;
    }
    uint8_t byte;
    if (candidate->is_used &&
        recv(candidate->number, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0) {
      return true;
    }
    candidate->is_used = true;
  }
  return false;
}

bool http_has_descriptors(void) {
  int number = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (number < 0) return errno != EMFILE && errno != ENFILE;
  close(number);
  return true;
}

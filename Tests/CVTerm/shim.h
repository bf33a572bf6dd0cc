#include <spawn.h>
#include <vterm.h>

/// glibc hides it behind _GNU_SOURCE: closes every descriptor from `from` up in the child, marked close-on-exec or not.
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

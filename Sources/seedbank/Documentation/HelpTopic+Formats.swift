extension HelpTopic {
  static let formatsPage = """
    | --format | prints |
    | --- | --- |
    | `table` | for people; fitted to the terminal, and complete in a pipe |
    | `json` | an array of records |
    | `jsonl` | one record on each line |
    | `csv` | one row for each record, with a header |
    | `ids` | the numbers of generations or edits; the names of tags, remotes or saved searches |
    | `paths` | the paths of image files |

    A command lists the formats that it supports in its help. `-0` ends ids and paths with NUL for \
    `xargs -0`. Colors follow the terminal, `NO_COLOR` and `--color`.

    ```
    seedbank search tag:coast --format ids
    seedbank search tag:coast --format paths -0 | xargs -0 ls -l
    seedbank search rating:5 --format jsonl
    ```

    | field of a record | holds |
    | --- | --- |
    | `id`, `uid` | the number in this library; the name in every library |
    | `status` | queued, submitting, pending, ready, complete, failed, unknown, lost or held |
    | `prompt`, `model`, `size`, `seed`, `guidance_scale`, `watermark`, `response_format` | the request |
    | `width`, `height` | pixels of the request, else of the first image |
    | `created_at`, `completed_at` | RFC 3339, UTC |
    | `tags`, `rating`, `favorite`, `note` | what people add; rating is null or 1 to 5 |
    | `parent` | the generation that this one reproduces |
    | `error` | null, or `code` and `message` |
    | `usage` | null, or the object of the gateway |
    | `images` | `position`, `sha256`, `path`, `width`, `height`, `bytes`, `format`, `missing` of each |
    | `job_set_id`, `provider`, `endpoint` | the job, the service, and the path of the request |
    | `model_echoed`, `seed_echoed` | the model and the seed that the reply states |
    | `group` | the maximum number of images of the request |
    | `cost` | null, or `amount`, `currency`, `estimated` and `price_table` |
    | `references` | the reference images: `position`, `role`, `sha256`, `format`, `width`, `height`, \
    `bytes`, `missing` of each |

    More fields may be added. None is renamed.

    `--json` works on every command. A command that does not print records prints one JSON object, or an \
    array for a list. Progress, notes and errors go to standard error, and the exit status is the same as \
    without `--json`. Commands that change something, except `import`, `sync` and `check`, begin with \
    `command`, the name of the command, and `dry_run` if they have `--dry-run`.

    | command | fields with `--json` |
    | --- | --- |
    | `tag`, `rate`, `note`, `favorite`, `delete`, `tags rename` and other edits | `changed` and `unchanged` \
    (numbers of generations), `change` (the id in `history`, or null), `ids` |
    | `undo`, `redo` | `steps`: `change`, `action`, `fields` (number), `skipped` (`id` and `field` of each), \
    `deleted` (number of fields) |
    | `saved add` | `name`, `query`, `previous_query` (null if the name is new), `change` |
    | `saved delete` | `name`, `change` |
    | `trash empty` | `generations`, `files`, `bytes`, `unfinished` (generations that are not finished: \
    kept, or deleted with `--force`) |
    | `open` | `id`, `images` (`position`, `sha256`, `path`) |
    | `show --as` cli, curl or prompt | `id`, `form`, `text` |
    | `show --reply` | `id`, `replies` (`name`: submit or poll, `text`) |
    | `show --extract` | `id`, `files` (`path`) |
    | `stats --html` | `path` |
    | `serve` | `address`, `url` (with the token), `port`, `read_only`; printed when the server accepts \
    connections |
    | `mcp`, `dump` | JSON Lines, with and without `--json` |
    | `export` | `path` (as printed without `--json`), `written`, `updated`, `unchanged`, `bytes`, \
    `without_image`, `signed`, `unwritable`, `pruned`, `leftovers`, `contact_sheets`, `missing`, \
    `unreadable`, `refused` (`path`, `reason`); with `--dry-run` also `files` (`action`, `path`) |
    | `import` | `files`, `files_left`, `new`, `records`, `merged`, `conflicts`, `duplicates`, `completed`, \
    `returned`, `other_files`, `sidecars`, `undecoded`, `left_out`, `left_out_paths` with `--verbose`, \
    `tools`, `problems` |
    | `import --watch` | `files`, `new`, `duplicates`, `failed` |
    | `backup` | `path`, `copied`, `copied_bytes`, `linked`, `unchanged`, `remote` (images that are on a \
    remote only), `damaged`, `unreadable` (`path`, `reason`) |
    | `restore` | `added`, `merged`, `unchanged`, `skipped`, `trashed`, `held`, `missing_images`, \
    `copied_images` (null for a dump), `conflict_count`, `conflicts` (`uid`, `field`, `kept`: library or \
    file) |
    | `adopt` | `generations`, `statuses` (a number for each status) |
    | `owner` | `library`, `own_folder`, `owned`, `held` (`owner`, `generations`) |
    | `init` | `path`, `created` |
    | `config list` | `value` and `origin` of each setting |
    | `config get` | `name`, `value`, `origin` |
    | `config set`, `config unset` | `path`, `name`, `value` (null if removed) |
    | `config edit` | `path`, `changed` |
    | `config path` | `path`, `exists` |
    | `key set` | `path`, `accepted` (null if the gateway was not asked or did not answer), \
    `config_changed` |
    | `key test` | `accepted` |
    | `providers test` | `provider`, `accepted` (null if no call tests the key), `url`, `body` (null if a call \
    was sent) |
    | `remote add`, `remote remove`, `remote list` | `remote`, `url` |
    | `push` | `generations`, `deletions`, `segments`, `images`, `image_bytes`, `took_new_id`, `problems` \
    (`key`, `kind`, `repaired_by_push`, `message`) |
    | `pull`, `clone` | `segments`, `added`, `merged`, `trashed`, `held`, `conflicts` (number), \
    `conflict_fields` (`uid`, `field`, `kept`: library or remote), `thumbnails`, `remote_images`, \
    `took_new_id`, `images`, `image_bytes`, `problems`; `clone` also `path` |
    | `fetch`, `drop` | `images`, `image_bytes`, `problems` |
    | `remote check` | `libraries`, `segments`, `images`, `image_bytes`, `unused_images`, `unused_bytes` \
    (only with `--deep`), `problems` |
    | `remote snapshot` | `generations`, `parts`, `bytes` |
    | `remote prune` | `images`, `image_bytes`, `waiting_images`, `waiting_bytes` (within the grace period), \
    `snapshot_objects`, `drafts` (unfinished files), `problems` |
    | `sync` | `counts`, `partial`, `elsewhere`, `reasons`, `stopped` |
    | `status` | `path`, `generations`, `queued`, `running`, `unknown`, `held`, `lost`, `last_sync`, `bytes`, \
    `free_bytes` |
    | `check` | `generations`, `images`, `inspected`, `remote_files`, `faults`, `recovered` |
    | `doctor` | `problems` (number), `findings` |

    If a path is not UTF-8, the field `path_bytes` beside `path` contains its bytes in base64.
    """
}

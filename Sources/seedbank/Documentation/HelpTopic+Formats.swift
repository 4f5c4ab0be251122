extension HelpTopic {
  static let formatsPage = """
    | --format | prints |
    | --- | --- |
    | `table` | for people; fitted to the terminal, and complete in a pipe |
    | `json` | an array of records |
    | `jsonl` | one record on each line |
    | `csv` | one row for each record, with a header |
    | `ids` | the numbers of generations |
    | `paths` | the paths of image files |

    A command lists the formats that it supports in its help. `-0` ends ids and paths with NUL for \
    `xargs -0`. Colours follow the terminal, `NO_COLOR` and `--color`.

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
    | `width`, `height` | pixels that were asked for |
    | `created_at`, `completed_at` | RFC 3339, UTC |
    | `tags`, `rating`, `favorite`, `note` | what people add; rating is null or 1 to 5 |
    | `parent` | the generation that this one reproduces |
    | `error` | null, or `code` and `message` |
    | `usage` | null, or the object of the gateway |
    | `images` | `position`, `sha256`, `path`, `width`, `height`, `bytes`, `format`, `missing` of each |

    More fields may be added. None is renamed.
    """
}

extension HelpTopic {
  static let queryPage = """
    Words are searched in prompt, note and tags. All words must match. Upper and lower case and accents \
    make no difference.

    ```
    seedbank search cat fisheye
    seedbank search '"close-up of a cat"'
    seedbank search 'fish*'
    seedbank search cat OR dog
    seedbank search cat -blurry -tag:draft
    seedbank search '(cat OR dog) tag:portrait'
    ```

    Quote what the shell would read itself: `*`, `>`, `(`, `)`, `"` and spaces within a phrase. Ranges \
    need no quotes: write `rating:4..` rather than `rating:>=4`.

    | field | finds |
    | --- | --- |
    | `tag:portrait` | that tag, and tags below it; `tag:=portrait` only itself |
    | `rating:4..`, `rating:none` | rated 4 or 5; not rated |
    | `seed:42`, `seed:1..100`, `'seed:1234*'` | one seed, a range, a beginning |
    | `model:seedream-3-0-t2i-250415` | a model; `'model:seedream-3*'` its family |
    | `size:1024x1024`, `ratio:portrait` | the size; ratio also landscape, square, 16:9 |
    | `width:1024..`, `height:1024..` | ranges of pixels |
    | `created:2026-11`, `created:today`, `created:7d` | a month, a day, the last seven days |
    | `created:2026-11-01..2026-11-15` | a range of days |
    | `is:favorite` | also complete, pending, held, failed, unknown, lost, missing, remote, partial, reproduction, reproduced |
    | `has:note` | also tag, image, prompt |
    | `prompt:…`, `note:…` | words in one field |
    | `collection:NAME`, `search:NAME` | members of a collection; matches of a saved search |
    | `id:10..20`, `parent:1234` | generations by number; reproductions of one |
    | `similar:@last` | images that look like another one |
    | `provider:NAME`, `provider:none` | generations requested from this provider; imports |
    | `reference:REF` | generations whose request has this reference image |
    | `sha256:PREFIX`, `format:png`, `tool:comfyui` | the file; the tool of an imported image |
    | `verdict:identical-pixels` | how a reproduction compares with its original |

    A minus before a word or field excludes it. `OR` is upper case. Names of tags and collections with \
    spaces need quotes: `'tag:"New York"'`. An unknown field is searched as text, with a note. A known \
    field with an impossible value is refused with status 64.
    """
}

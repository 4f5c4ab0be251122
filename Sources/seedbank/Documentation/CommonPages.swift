/// The texts for all commands, for the page and the manual.
enum CommonPages {
  struct Section {
    let title: String
    let markdown: String
  }

  static let sections = [
    Section(title: "Naming a generation", markdown: naming),
    Section(title: "Settings", markdown: settings),
    Section(title: "Output", markdown: output),
    Section(title: "Exit status", markdown: statuses),
  ]

  private static let naming = """
    For commands with `<ref>`:

    - `1234`, `#1234` and `id:1234` are the generation with that id, `1234.2` its second image.
    - `@last` is the most recent generation, `@last~3` the third before it.
    - `sha256:` and the first digits of an image's digest, or the first digits (8 at least) of a uid.
    - The path of an image file: recognized by its content, else by its embedded record, else by its \
    appearance. A note says which, unless it was the content.

    If several generations have the same bytes (an image and its identical reproductions), the original \
    is meant: the oldest outside the trash. The others are named on standard error. Any other ambiguous \
    reference is refused, and the candidates are listed (65). A reference that matches nothing ends with 66.

    For commands with `<query>`, [search.md](search.md) describes the query language. Words with a \
    dash, such as `-blurry` or `-tag:draft`, work as typed. One letter behind a dash is always an option. \
    Everything after `--` is text.

    For commands with `<ref or query>`, arguments that are all references choose these generations: \
    `31 27`, `31,27`, `5..12`, `@last`. If a reference does not exist, nothing is changed (66). Any other \
    word makes all of them a query; a number is then searched as text.
    """

  private static let settings = """
    Options take precedence over environment variables, which take precedence over the config file \
    `$XDG_CONFIG_HOME/seedbank/config.yaml` (or the file in `SEEDBANK_CONFIG`). `seedbank config` \
    prints the settings in use, and where each came from; `seedbank config set` changes the file and keeps \
    its comments. An unknown key or a wrong value is an error in every command (78). Exceptions are help, \
    `doctor`, `config path`, and `config set`, `config unset` and `config edit`, which repair the file.

    | key in the file | variable | takes |
    | --- | --- | --- |
    \(table)

    ```yaml
    gateway: https://gateway.pixazo.ai
    api_key_file: ~/.config/seedbank/key
    concurrency: 4
    generate:
      size: 1024x1024
    ```

    `format`, `limit` and `columns` are defaults of `seedbank search`. `aliases` holds names for commands \
    with arguments: `aliases.best` with the value `search rating:4..` makes `seedbank best` a command.

    The API key comes from `SEEDBANK_API_KEY`, or from the file that `SEEDBANK_API_KEY_FILE` or \
    `api_key_file` names, which only its owner may read. `seedbank key set` stores it there. No option \
    takes it, because it would be visible in the list of processes, and no command prints it.
    """

  private static var table: String {
    Setting.allCases.map { "| `\($0.rawValue)` | `\($0.variable)` | \($0.allowed) |" }
      .joined(separator: "\n")
  }

  private static let output = """
    Results go to standard output; notes, warnings, errors and progress to standard error. A table is \
    fitted to the terminal, and complete in a pipe. Output that is longer than the screen goes through the \
    program in `PAGER` (default: less); `--no-pager` prints it directly. Paths are links in terminals \
    that are known to support links. `FORCE_HYPERLINK=1` writes links in every terminal, and \
    `FORCE_HYPERLINK=0` never. `--format` prints generations as `json` (an array), `jsonl` (one \
    object on each line), `csv`, `ids` or `paths`; `-0` ends ids and paths with NUL. Colors \
    depend on the terminal, `NO_COLOR` and `--color`. If the reader of a pipe closes it, the command ends \
    without an error. Ctrl-C waits for requests already sent; a second Ctrl-C quits immediately.
    """

  static let statuses = """
    | status | means |
    | --- | --- |
    | 0 | done |
    | 64 | the command line is wrong |
    | 65 | data is wrong: a damaged file, an ambiguous name, not a Seedbank library |
    | 66 | a generation, file or library does not exist |
    | 69 | the gateway is not reachable, or it refused the request |
    | 70 | a bug |
    | 73 | a file or folder cannot be created |
    | 74 | a file cannot be read or written, or the disk is full |
    | 75 | not finished, or a question was not answered with yes; run it again |
    | 77 | the gateway refused the key |
    | 78 | a setting is missing or wrong |
    | 130 | stopped by a second Ctrl-C |

    The exit status is that of the most serious failure.
    """
}

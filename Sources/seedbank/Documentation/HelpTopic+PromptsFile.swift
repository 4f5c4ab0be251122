import SeedbankProviders

extension HelpTopic {
  static let promptsFilePage = """
    `seedbank generate --from FILE` reads many prompts from a file, or from standard input if FILE is \
    `-`. Every line is checked before anything is recorded or sent. Errors name the line.

    | format | content |
    | --- | --- |
    | `.txt` | one prompt on each line; empty lines and lines that begin with `#` are skipped; `\\#` at the beginning of a line stands for `#` |
    | `.jsonl` | one JSON object on each line |
    | `.json` | an array of objects, or of strings |
    | `.csv`, `.tsv` | a table with a header; comma, semicolon or tab |

    The name and the content decide which format it is. If they disagree, nothing is sent, and the \
    message names the --from-format to use. Files are UTF-8.

    Fields of objects and columns: \(fields). Only `prompt` is required. `tags` is an array, or separated \
    by `;` in a table. A field takes precedence over the option of the command.

    ```
    prompt,size,seed,tags
    "a lighthouse at dusk, watercolor",1280x720,42,coast;draft
    a harbour at dawn,1024x1024,,coast
    ```

    `--set FIELD=VALUE` and `--vary FIELD=A,B` of `seedbank reproduce` take the same fields except `tags`.
    """

  private static let fields =
    (RequestField.allCases.map { "`\($0.rawValue)`" } + ["`tags`"]).joined(separator: ", ")
}

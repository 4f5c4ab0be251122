-- The catalog of a Seedbank library, schema version 6. docs/format.md describes it for other programs.
-- Comments are inside the statements, so that SQLite keeps them: `sqlite3 catalog.sqlite .schema`.
-- Times are integers: milliseconds since 1970-01-01T00:00:00Z. Digests and uids are raw bytes.

CREATE TABLE library (
  -- One row: the identity of the library, and of a file in its folder. The file shows whether it is a copy.
  id BLOB NOT NULL,                 -- 16 random bytes; a copy that records work takes a new id
  inode INTEGER,                    -- of owner/mark; NULL: the folder is not the library's own
  birth INTEGER,                    -- when owner/mark was created, in nanoseconds since 1970
  volume BLOB,                      -- UUID of its file system; NULL: not known
  file_system INTEGER,              -- f_fsid of statfs(2); 0: not known
  folder_inode INTEGER,             -- of the library's folder
  submits INTEGER NOT NULL DEFAULT 0 -- number of requests marked as sent; N of owner/sent-N is not larger
) STRICT;

CREATE TABLE prompt (
  -- The distinct prompts. Several generations can have the same prompt.
  id INTEGER PRIMARY KEY,
  hash INTEGER NOT NULL,            -- first 8 bytes of the text's SHA-256, big-endian, signed
  text TEXT NOT NULL                -- exactly as given
) STRICT;
CREATE INDEX prompt_hash ON prompt(hash);

CREATE TABLE generation (
  -- One request and its result. After it is sent, only its state and the data of people change.
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- ascending, in the order in which they were added; never reused
  uid BLOB NOT NULL,                -- UUIDv7, 16 bytes; the same in every library
  prompt_id INTEGER NOT NULL REFERENCES prompt(id),
  status TEXT NOT NULL CHECK (status IN
    ('queued', 'submitting', 'pending', 'ready', 'complete', 'failed', 'unknown', 'lost')),
  created_at INTEGER NOT NULL,
  completed_at INTEGER,
  late INTEGER NOT NULL DEFAULT 0,  -- 1: created_at may be earlier than that of a row with a smaller id
  model TEXT,                       -- as requested; NULL: the gateway's default, or not known
  size TEXT,                        -- as requested: '1024x1024', '2K'; NULL: not given
  width INTEGER,                    -- of the request if given, else of the first image
  height INTEGER,
  seed INTEGER,                     -- NULL: not known, or the seed is in seed_high
  guidance_scale REAL,
  watermark INTEGER,                -- 0, 1 or NULL: not given
  response_format TEXT,
  rating INTEGER CHECK (rating BETWEEN 1 AND 5),
  favorite INTEGER NOT NULL DEFAULT 0,
  trashed_at INTEGER,               -- NULL: not in the trash; searches skip generations in the trash
  parent_id INTEGER REFERENCES generation(id) ON DELETE SET NULL,
  parent_change TEXT,               -- JSON object: the fields that differ from the parent's request
  verdict TEXT,                     -- result of the comparison with the parent: 'identical-file' …
  verdict_detail TEXT,              -- JSON object: the verdict's numbers
  note TEXT,
  gateway TEXT,                     -- base URL of the gateway
  job_id TEXT,                      -- the gateway's id of the running job
  error_code TEXT,
  error_message TEXT,
  usage TEXT,                       -- the reply's usage object, verbatim JSON
  attempts INTEGER NOT NULL DEFAULT 0, -- number of submits that were started
  request_body BLOB,                -- the exact bytes of the request; NULL: imported
  reply_body BLOB,                  -- reply to the submit; 'sha256:…' replaces base64 images that are stored
  poll_body BLOB,                   -- the last relevant reply to a poll, likewise
  owner BLOB,                       -- id of the library that may send, poll and download it; NULL: not known
  owned_at INTEGER,                 -- when that library adopted it; NULL: it recorded the generation
  seed_high INTEGER,                -- for seeds from 2^63 to 2^64 - 1: the seed minus 2^63
  account TEXT,                     -- identifies the API key: 'SALT:DIGEST' in hex; NULL: not known
  provider TEXT,                    -- name of the service in the configuration file; NULL: imported
  endpoint TEXT,                    -- path of the request
  model_echoed TEXT,                -- as the reply states it; NULL: not stated
  seed_echoed TEXT,                 -- likewise, decimal digits
  group_size INTEGER,               -- maximum number of images of the request; NULL: not a group
  client_request_id TEXT,           -- sent with the request, for the support of the service
  sent_sha256 BLOB,                 -- digest of the bytes sent, if request_body is a template for them
  cost INTEGER,                     -- in millionths of the currency's unit; NULL: not known
  cost_currency TEXT,               -- 'USD' …
  cost_estimated INTEGER,           -- 1: from a price table; 0: as the service states it
  price_table TEXT                  -- version of that table
) STRICT;
CREATE UNIQUE INDEX generation_uid ON generation(uid);
CREATE INDEX generation_created ON generation(late, created_at);
CREATE INDEX generation_prompt ON generation(prompt_id);
CREATE INDEX generation_seed ON generation(seed);
CREATE INDEX generation_seed_high ON generation(seed_high) WHERE seed_high IS NOT NULL;
CREATE INDEX generation_status ON generation(status, id) WHERE status <> 'complete';
CREATE INDEX generation_partial ON generation(id)
  WHERE status = 'complete' AND error_code IS NOT NULL;
CREATE INDEX generation_rating ON generation(rating, id) WHERE rating IS NOT NULL;
CREATE INDEX generation_parent ON generation(parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX generation_provider ON generation(provider, id);
CREATE INDEX generation_guidance ON generation(guidance_scale, trashed_at)
  WHERE guidance_scale IS NOT NULL;
CREATE INDEX generation_trashed ON generation(trashed_at) WHERE trashed_at IS NOT NULL;

CREATE TABLE event (
  -- The timeline of each generation.
  generation_id INTEGER NOT NULL REFERENCES generation(id) ON DELETE CASCADE,
  sequence INTEGER NOT NULL,        -- 1, 2, … within the generation
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,               -- 'queued', 'submitting', 'pending', 'retry', 'complete' …
  detail TEXT,                      -- one sentence, or NULL; never a key or a signed URL
  PRIMARY KEY (generation_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE image (
  -- A file under images/, named by the SHA-256 of its bytes. The row exists only after the file is
  -- complete and synced. Several generations can have the same file.
  id INTEGER PRIMARY KEY,
  generation_id INTEGER NOT NULL REFERENCES generation(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,        -- 1, 2, … in the reply's order
  sha256 BLOB NOT NULL,             -- 32 bytes
  format TEXT NOT NULL,             -- 'jpeg', 'png', 'webp', 'gif' …, found from the bytes
  width INTEGER NOT NULL,           -- 0: the file was stored without being decoded
  height INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  phash INTEGER,                    -- derived: 64-bit DCT perceptual hash, signed
  missing_since INTEGER,            -- when the file was found missing; NULL: it exists
  UNIQUE (generation_id, position)
) STRICT;
CREATE INDEX image_sha256 ON image(sha256);
CREATE INDEX image_missing ON image(generation_id) WHERE missing_since IS NOT NULL;

CREATE TABLE reference_image (
  -- An image that the request refers to. Its file is under images/ as long as a row refers to it.
  generation_id INTEGER NOT NULL REFERENCES generation(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,        -- 1, 2, … in the request's order
  role TEXT NOT NULL,               -- 'image' or 'mask'
  sha256 BLOB NOT NULL,             -- 32 bytes
  format TEXT NOT NULL,             -- as for images
  width INTEGER NOT NULL,           -- 0: the file was stored without being decoded
  height INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  missing_since INTEGER,            -- when the file was found missing; NULL: it exists
  PRIMARY KEY (generation_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX reference_image_sha256 ON reference_image(sha256);

CREATE TABLE charge (
  -- The cost of each sent request, for budgets. A row remains when its generation is deleted.
  id INTEGER PRIMARY KEY,
  generation_id INTEGER REFERENCES generation(id) ON DELETE SET NULL,
  at INTEGER NOT NULL,              -- when it was reserved, before the request was sent
  images INTEGER NOT NULL,          -- the maximum number of the request; after its end, the actual number
  cost INTEGER NOT NULL,            -- in millionths of the currency's unit: the estimate, then the cost
  currency TEXT NOT NULL,           -- 'USD' …; '': no price is known
  settled INTEGER NOT NULL          -- 0: reserved; 1: final
) STRICT;
CREATE INDEX charge_at ON charge(at);
CREATE INDEX charge_generation ON charge(generation_id);

CREATE TABLE provenance (
  -- Metadata of an imported image as another tool wrote it.
  generation_id INTEGER PRIMARY KEY REFERENCES generation(id) ON DELETE CASCADE,
  tool TEXT NOT NULL,               -- 'a1111', 'comfyui', 'invokeai', 'unknown' …
  settings TEXT NOT NULL,           -- JSON object: negative_prompt, steps, sampler, loras …
  raw BLOB                          -- the tool's own text, unchanged
) STRICT;
CREATE INDEX provenance_tool ON provenance(tool);

CREATE TABLE tag (
  -- A name that can be a path: 'client/acme' is below 'client'.
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE generation_tag (
  generation_id INTEGER NOT NULL REFERENCES generation(id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tag(id),
  PRIMARY KEY (generation_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX generation_tag_tag ON generation_tag(tag_id, generation_id);

CREATE TABLE collection (
  -- Generations in an order that people choose.
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE collection_item (
  collection_id INTEGER NOT NULL REFERENCES collection(id) ON DELETE CASCADE,
  generation_id INTEGER NOT NULL REFERENCES generation(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,        -- ascending; gaps are possible
  PRIMARY KEY (collection_id, generation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX collection_item_generation ON collection_item(generation_id);

CREATE TABLE saved_search (
  name TEXT PRIMARY KEY,
  query TEXT NOT NULL,              -- as typed
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE change (
  -- One edit of a person. It is undone and redone as a whole.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,              -- the name of the user account
  action TEXT NOT NULL,             -- a description: 'tag +portrait on 12 generations'
  undone_at INTEGER                 -- NULL: not undone; an undone edit can be redone until the next new edit
) STRICT;

CREATE TABLE change_item (
  -- What an edit changed. Generations whose field changed in the same way can share a row.
  change_id INTEGER NOT NULL REFERENCES change(id) ON DELETE CASCADE,
  sequence INTEGER NOT NULL,
  targets BLOB,                     -- uids of generations, in a row; NULL: an edit of a tag, collection or search
  field TEXT NOT NULL,              -- 'rating', 'note', 'favorite', 'tag/NAME', 'trashed', …
  before TEXT,                      -- the value as JSON; NULL: none
  after TEXT,
  PRIMARY KEY (change_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE field_edit (
  -- When each field was last edited or removed. A merge keeps the newest.
  generation_id INTEGER NOT NULL REFERENCES generation(id) ON DELETE CASCADE,
  field TEXT NOT NULL,              -- as in change_item
  at INTEGER NOT NULL,
  PRIMARY KEY (generation_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE library_edit (
  -- The same for tags, collections and saved searches themselves. A removal keeps its time, so that a
  -- merge does not add them again.
  field TEXT PRIMARY KEY,           -- 'tag/NAME', 'collection/NAME', 'search/NAME'
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE facet (
  -- Derived: the number of generations outside the trash with each tag, model and size.
  id INTEGER PRIMARY KEY,           -- for facet_block
  kind TEXT NOT NULL,               -- 'tag', 'model' or 'size'
  value TEXT NOT NULL,
  uses INTEGER NOT NULL,            -- 0: no longer in use
  UNIQUE (kind, value)
) STRICT;

CREATE TABLE facet_block (
  -- Derived: the facets of 1,024 generations each, so that counting them does not read the rows.
  id INTEGER PRIMARY KEY,           -- generation.id / 1024
  facets BLOB NOT NULL              -- see docs/format.md
) STRICT;

CREATE TABLE search_state (
  -- Derived: the version of the folding rules of the index; another version means rebuild.
  rules INTEGER NOT NULL
) STRICT;

CREATE VIRTUAL TABLE search_index USING fts5(
  -- Derived; rowid = generation.id. Every column has text that Seedbank folded into tokens separated by
  -- spaces, so the plain tokenizer finds exactly these tokens.
  prompt, note, tag, facet,
  content='', columnsize=0, tokenize='ascii'
);

CREATE TABLE remote (
  -- A place that this library pushes to and pulls from. The table contains no keys.
  name TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  id TEXT,                          -- of format.json; NULL: never contacted
  pushed_version INTEGER NOT NULL DEFAULT -1, -- the last change that was pushed, with …
  pushed_generation INTEGER NOT NULL DEFAULT 0, -- … the last generation of that version
  pushed_field INTEGER NOT NULL DEFAULT -1, -- the last change of library_edit that was pushed
  pending_counter INTEGER           -- of the segment that is being written; NULL: none
) STRICT, WITHOUT ROWID;

CREATE TABLE remote_progress (
  -- The last segment of each library that was read from a remote; for this library, that was written.
  remote TEXT NOT NULL REFERENCES remote(name) ON DELETE CASCADE,
  library TEXT NOT NULL,            -- 32 hexadecimal digits
  counter INTEGER NOT NULL,         -- of the last segment
  head TEXT,                        -- version of the library's head file that was read
  PRIMARY KEY (remote, library)
) STRICT, WITHOUT ROWID;

CREATE TABLE remote_image (
  -- Image files that a remote has.
  sha256 BLOB NOT NULL,
  remote TEXT NOT NULL REFERENCES remote(name) ON DELETE CASCADE,
  PRIMARY KEY (sha256, remote)
) STRICT, WITHOUT ROWID;

CREATE TABLE change_clock (
  -- One row. Counts changes while the library has a remote.
  version INTEGER NOT NULL,
  is_merging INTEGER NOT NULL       -- 1: a pull is running; its changes are not counted
) STRICT;

CREATE TABLE changed_generation (
  -- The version of the last change of each generation. Triggers write it while the library has a remote.
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX changed_generation_version ON changed_generation(version, id);

CREATE TABLE changed_field (
  -- The same for tags, collections, saved searches and permanent deletions.
  field TEXT PRIMARY KEY,
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

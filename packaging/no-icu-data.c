// An empty data file of ICU, which is linked instead of the one of 34 MB.
//
// Foundation contains ICU, for the formats, the sorting and the calendars of all languages. Seedbank does not need
// this: its own code imports FoundationEssentials only. GRDB and Yams import Foundation and so link ICU's code.
// ICU is made to run without its data; it then reports that the data is missing.
//
// The layout is that of ICU's data files (unicode/udata.h and ucmndata.h): a header, then a table of contents of
// the format "ToCP" without entries.
#include <stdint.h>

struct data_file {
  uint16_t header_size;
  uint8_t magic[2];
  uint16_t info_size;
  uint16_t reserved;
  uint8_t is_big_endian;
  uint8_t charset_family;
  uint8_t size_of_char;
  uint8_t reserved_byte;
  uint8_t format[4];
  uint8_t format_version[4];
  uint8_t data_version[4];
  uint8_t padding[8];
  uint32_t count;
  uint32_t reserved_word;
  uint32_t entries[4];
};

_Alignas(16) const struct data_file no_icu_data = {
    .header_size = 32,
    .magic = {0xDA, 0x27},
    .info_size = 20,
    .size_of_char = 2,
    .format = {'T', 'o', 'C', 'P'},
    .format_version = {1},
};

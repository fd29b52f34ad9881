//! The pages of a column of a row group, and what the footer of the file says about them.

use bytes::Bytes;
use parquet::basic::{BoundaryOrder, Encoding, EncodingMask, PageType};
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::Result;
use parquet::file::metadata::{
    ColumnChunkMetaData, ColumnIndexBuilder, OffsetIndexBuilder, PageEncodingStats,
};
use parquet::file::page_index::column_index::ColumnIndexMetaData;
use parquet::file::page_index::offset_index::OffsetIndexMetaData;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

use crate::keys::{Bounds, Keys};

/// The dictionary of a column, and its pages of values.
pub(crate) struct Pages {
    pub(crate) keys: Keys,
    pub(crate) dictionary: Vec<u8>,
    pub(crate) n_entries: u32,
    pub(crate) data: Vec<DataPage>,
}

/// A page of values, at least one.
pub(crate) struct DataPage {
    pub(crate) values: Vec<u8>,
    pub(crate) encoding: Encoding,
    pub(crate) rows: usize,
    pub(crate) bounds: Bounds,
    pub(crate) text_bytes: Option<i64>,
}

/// Pages as they are in a file.
struct Written {
    bytes: Vec<u8>,
    /// Where the pages of values begin, after the dictionary.
    data: usize,
    offsets: OffsetIndexMetaData,
}

impl Pages {
    /// The bytes of the column, and what the footer says about them.
    pub(crate) fn encode(&self, column: ColumnDescPtr) -> Result<(Bytes, ColumnCloseResult)> {
        let Written { bytes, data, offsets } = self.write()?;
        let column_index = Some(self.column_index(&column)?);
        let metadata = ColumnChunkMetaData::builder(column)
            .set_encodings_mask(self.encodings())
            .set_page_encoding_stats(self.encoding_stats())
            .set_num_values(self.rows() as i64)
            .set_dictionary_page_offset(Some(0))
            .set_data_page_offset(data as i64)
            .set_total_compressed_size(bytes.len() as i64)
            .set_total_uncompressed_size(bytes.len() as i64)
            .set_unencoded_byte_array_data_bytes(self.data.iter().map(|page| page.text_bytes).sum());
        let bounds = self.data.iter().map(|page| page.bounds).reduce(|a, b| self.keys.widen(a, b));
        let metadata = match bounds {
            Some(bounds) => metadata.set_statistics(self.keys.statistics(bounds)),
            None => metadata,
        };
        let close = ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written: self.rows(),
            metadata: metadata.build()?,
            bloom_filter: None,
            column_index,
            offset_index: Some(offsets),
        };
        Ok((bytes.into(), close))
    }

    fn rows(&self) -> u64 {
        self.data.iter().map(|page| page.rows as u64).sum()
    }

    fn write(&self) -> Result<Written> {
        let mut sink = TrackedWrite::new(Vec::new());
        let mut writer = SerializedPageWriter::new(&mut sink);
        let dictionary = writer.write_page(self.dictionary_page())?;
        let mut offsets = OffsetIndexBuilder::new();
        for page in &self.data {
            let written = writer.write_page(page.page())?;
            offsets.append_row_count(page.rows as i64);
            offsets.append_unencoded_byte_array_data_bytes(page.text_bytes);
            offsets.append_offset_and_size(written.offset as i64, written.compressed_size as i32);
        }
        let data = dictionary.bytes_written as usize;
        Ok(Written { bytes: sink.into_inner()?, data, offsets: offsets.build() })
    }

    fn dictionary_page(&self) -> CompressedPage {
        let page = Page::DictionaryPage {
            buf: self.dictionary.clone().into(),
            num_values: self.n_entries,
            encoding: Encoding::PLAIN,
            is_sorted: false,
        };
        CompressedPage::new(page, self.dictionary.len())
    }

    /// Which values are on which page.
    fn column_index(&self, column: &ColumnDescPtr) -> Result<ColumnIndexMetaData> {
        let mut index = ColumnIndexBuilder::new(column.physical_type());
        for DataPage { bounds: (least, greatest), .. } in &self.data {
            let [least, greatest] = [least, greatest].map(|&key| self.keys.bytes(key));
            index.append(false, least, greatest, 0, self.keys.nan_count().map(|n| n as i64));
        }
        index.set_boundary_order(self.order());
        index.build()
    }

    /// Whether values rise or fall from page to page.
    fn order(&self) -> BoundaryOrder {
        let bounds = || self.data.iter().map(|page| page.bounds);
        let mut steps = bounds().zip(bounds().skip(1));
        let order = |(a, b): (Bounds, Bounds)| [self.keys.order(a.0, b.0), self.keys.order(a.1, b.1)];
        if steps.clone().all(|step| order(step).iter().all(|o| o.is_le())) {
            BoundaryOrder::ASCENDING
        } else if steps.all(|step| order(step).iter().all(|o| o.is_ge())) {
            BoundaryOrder::DESCENDING
        } else {
            BoundaryOrder::UNORDERED
        }
    }

    /// The encodings of the dictionary, of the pages, and of the nesting that there is not.
    fn encodings(&self) -> EncodingMask {
        let pages = self.data.iter().map(|page| &page.encoding);
        EncodingMask::new_from_encodings([Encoding::PLAIN, Encoding::RLE].iter().chain(pages))
    }

    fn encoding_stats(&self) -> Vec<PageEncodingStats> {
        let stats = |page_type, encoding, count| PageEncodingStats { page_type, encoding, count };
        let alike = self.data.chunk_by(|a, b| a.encoding == b.encoding);
        let alike = alike.map(|pages| stats(PageType::DATA_PAGE_V2, pages[0].encoding, pages.len() as i32));
        [stats(PageType::DICTIONARY_PAGE, Encoding::PLAIN, 1)].into_iter().chain(alike).collect()
    }
}

impl DataPage {
    fn page(&self) -> CompressedPage {
        let page = Page::DataPageV2 {
            buf: self.values.clone().into(),
            num_values: self.rows as u32,
            encoding: self.encoding,
            num_nulls: 0,
            num_rows: self.rows as u32,
            def_levels_byte_len: 0,
            rep_levels_byte_len: 0,
            is_compressed: false,
            statistics: None,
        };
        CompressedPage::new(page, self.values.len())
    }
}

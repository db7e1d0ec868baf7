//! Abbreviations that a general reader in the United Kingdom knows, so that nobody has to spell them out.

/// In alphabetical order. These are known from everyday life or the news and have one meaning there. Professional terms
/// (`MASH`, `LADO`, `DHR`) are left to the glossary.
pub(crate) const KNOWN: &[&str] = &[
    "A&E", "AD", "AGM", "AM", "BBC", "BC", "CCTV", "CD", "CEO", "COVID", "CV", "DBS", "DNA", "DVD", "EU", "FAQ",
    "GCSE", "GDPR", "GP", "HIV", "HM", "HMRC", "HQ", "HR", "ID", "IT", "LGBT", "LGBTQ", "MBE", "MP", "NATO", "NHS",
    "NSPCC", "OBE", "PC", "PDF", "PE", "PIN", "PM", "QR", "RSPCA", "SEND", "SMS", "TV", "UK", "UN", "URL", "USA",
    "USB", "VAT", "VIP", "YMCA",
];

#[cfg(test)]
mod tests {
    use super::KNOWN;

    #[test]
    fn they_are_in_order() {
        assert!(KNOWN.is_sorted());
    }
}

//! Computes from the style sheet that its colours can be output apart.

/// Relative luminance as WCAG 2.2 defines it, from black to white.
fn luminance(colour: &str) -> f64 {
    let digits = colour.strip_prefix('#').unwrap_or_else(|| panic!("`{colour}` is not a colour"));
    let channel = |i: usize| {
        let value = f64::from(u8::from_str_radix(&digits[i..i + 2], 16).expect("two hexadecimal digits")) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The value of a property in the `:root` rule of a part of the style sheet.
fn property(sheet: &'static str, name: &str) -> &'static str {
    let start = sheet.split(&format!("--chart-{name}: ")).nth(1).unwrap_or_else(|| panic!("no `{name}`"));
    start.split(';').next().unwrap_or_default()
}

/// The contrasts that are too low in one of the two colour schemes.
fn check(sheet: &'static str) -> Vec<String> {
    let of = |name: &str| property(sheet, name);
    let mut pairs = vec![
        ("ink", "paper", 4.5),
        ("muted", "paper", 4.5),
        ("absent", "paper", 4.5),
        ("on-1", "1", 4.5),
        ("on-2", "2", 4.5),
        // A bar on its track: the end of the bar must be visible.
        ("1", "track", 3.0),
    ];
    let series = ["1", "2", "3", "4", "5", "6"];
    pairs.extend(series.map(|name| (name, "paper", 3.0)));
    pairs.extend(series.windows(2).map(|pair| (pair[0], pair[1], 3.0)));
    let short = pairs.into_iter().filter(|(a, b, least)| contrast(of(a), of(b)) < *least);
    short.map(|(a, b, least)| format!("{a} on {b}: {:.2} < {least}", contrast(of(a), of(b)))).collect()
}

const SHEET: &str = include_str!("../../../themes/civic/assets/charts.css");

#[test]
fn contrasts_suffice_in_light_and_dark() {
    let (light, rest) = SHEET.split_once("prefers-color-scheme: dark").expect("a dark scheme");
    let (dark, _) = rest.split_once("\n}\n").expect("its end");
    assert_eq!(check(light), Vec::<String>::new(), "light");
    assert_eq!(check(dark), Vec::<String>::new(), "dark");
}

#[test]
fn every_class_that_is_drawn_is_coloured() {
    for class in crate::chart::style::CLASSES {
        let coloured =
            class == "label" || [' ', ',', ')', '('].iter().any(|end| SHEET.contains(&format!(".{class}{end}")));
        assert!(coloured, "`.{class}` is not in the style sheet");
    }
}

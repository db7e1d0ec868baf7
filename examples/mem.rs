fn main() {
    let mut args = std::env::args().skip(1);
    let root = args.next().unwrap();
    let what = args.next().unwrap();
    let tree = annal::read_tree(std::path::Path::new(&root)).unwrap();
    if what == "read" {
        std::process::exit(0)
    }
    let options = annal::Options::new("2026-01-01".parse().unwrap());
    if what == "check" {
        let a = annal::check(&tree, &options, &mut annal::BuildCache::none());
        println!("{}", a.diagnostics.len());
    }
    std::process::exit(0);
}

//! A strict parser of addresses. It accepts only URLs that every URL parser reads in the same way.

/// The parts of an address.
pub(super) struct Address<'a> {
    pub(super) is_https: bool,
    /// In lower case; an IPv6 address keeps its brackets.
    pub(super) host: String,
    pub(super) port: Option<u32>,
    /// Empty, or `/` and segments without a trailing slash.
    pub(super) path: &'a str,
}

impl<'a> Address<'a> {
    /// Parses an address. An error describes what is wrong with it.
    pub(super) fn parse(text: &'a str) -> Result<Self, &'static str> {
        let after = |scheme: &str| {
            let (start, rest) = text.split_at_checked(scheme.len())?;
            start.eq_ignore_ascii_case(scheme).then_some(rest)
        };
        let https = after("https://");
        let rest = https.or_else(|| after("http://")).ok_or("does not begin with \"https://\"")?;
        if rest.bytes().any(|byte| matches!(byte, b'?' | b'#')) {
            return Err("has a query or a fragment");
        }
        let slash = rest.bytes().position(|byte| byte == b'/').unwrap_or(rest.len());
        let (authority, mut path) = rest.split_at_checked(slash).unwrap_or((rest, ""));
        if authority.bytes().any(|byte| byte == b'@') {
            return Err("has a user name in it");
        }
        let (host, port) = split_port(authority)?;
        let host = host.to_ascii_lowercase();
        if !is_host(&host) {
            return Err("has no valid host");
        }
        while let Some(shorter) = path.strip_suffix('/') {
            path = shorter;
        }
        let mut segments = path.as_bytes().split(|&byte| byte == b'/').skip(1);
        if !segments.all(is_segment) {
            return Err("has a path that could be read in two ways");
        }
        Ok(Self { is_https: https.is_some(), host, port, path })
    }

    /// Returns the host, with the port if one was given.
    pub(super) fn authority(&self) -> String {
        match self.port {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.clone(),
        }
    }

    /// Returns whether requests to the address cannot leave this machine.
    pub(super) fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.host == "[::1]" || self.host.starts_with("127.") && is_ipv4(&self.host)
    }
}

fn split_port(authority: &str) -> Result<(&str, Option<u32>), &'static str> {
    // An IPv6 address has colons inside its brackets.
    let bracket = authority.bytes().rposition(|byte| byte == b']').unwrap_or(0);
    let colon = authority.bytes().enumerate().position(|(at, byte)| at >= bracket && byte == b':');
    let parts = colon.and_then(|colon| authority.split_at_checked(colon));
    let Some((host, port)) = parts else { return Ok((authority, None)) };
    let digits = port.strip_prefix(':').unwrap_or_default();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.parse() {
        Ok(port) if is_number && (1..=65_535).contains(&port) => Ok((host, Some(port))),
        _ => Err("has no valid port"),
    }
}

fn is_host(host: &str) -> bool {
    if host == "[::1]" {
        return true;
    }
    let is_label = |label: &[u8]| {
        (1..=63).contains(&label.len())
            && label.iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with(b"-")
            && !label.ends_with(b"-")
            // An encoded international name. Only a table could tell valid ones from invalid ones.
            && !label.starts_with(b"xn--")
    };
    // URL parsers read a host whose last label is a number as an IPv4 address, in several notations.
    let ends_in_number =
        labels(host).next_back().is_some_and(|last| last.iter().all(u8::is_ascii_digit) || last.starts_with(b"0x"));
    host.len() <= 253 && labels(host).all(is_label) && (!ends_in_number || is_ipv4(host))
}

/// Returns whether a host is four decimal numbers without leading zeros, which some parsers read as octal.
fn is_ipv4(host: &str) -> bool {
    let is_byte = |label: &[u8]| {
        matches!(label, [_] | [b'1'..=b'9', _] | [b'1', _, _] | [b'2', ..=b'4', _] | [b'2', b'5', ..=b'5'])
    };
    let is_octet = |label: &[u8]| label.iter().all(u8::is_ascii_digit) && is_byte(label);
    labels(host).count() == 4 && labels(host).all(is_octet)
}

fn labels(host: &str) -> impl DoubleEndedIterator<Item = &[u8]> {
    host.as_bytes().split(|&byte| byte == b'.')
}

fn is_segment(segment: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~' | b'-');
    !segment.is_empty() && segment != b"." && segment != b".." && segment.iter().all(is_plain)
}

//! Numbers that anybody may publish: national helplines, and the switchboards of government departments and inspectorates,
//! as published on their own websites.

/// The numbers as digits, sorted.
const NUMBERS: &[&str] = &[
    "02033343555", // Ministry of Justice
    "02033570000", // Crown Prosecution Service
    "02070080151", // Forced Marriage Unit
    "02070081500", // Foreign Office, former
    "02070085000", // Foreign Office
    "02070354848", // Home Office
    "02072104850", // Department of Health and Social Care
    "02072116000", // Department for Culture
    "02072705000", // Treasury
    "02072761234", // Cabinet Office
    "02076548000", // Public Health England
    "03000610614", // Local Government and Social Care Ombudsman
    "03000616161", // Care Quality Commission
    "03001231110", // Drinkline
    "03001231231", // Ofsted
    "03001232040", // Action Fraud
    "03001233393", // Mind
    "03001234666", // Ofsted's complaints
    "03001236600", // FRANK
    "03003112233", // NHS England
    "03003300630", // Switchboard, former
    "03004560300", // Office of the Public Guardian
    "03031231113", // Information Commissioner
    "03034440000", // Department for communities
    "03331503456", // Alzheimer's Society
    "03443814772", // Professionals Online Safety Helpline
    "03450154033", // Parliamentary and Health Service Ombudsman
    "03456000459", // Revenge Porn Helpline
    "03700002288", // Department for Education
    "03704967622", // National Crime Agency
    "08000113764", // ACT Early
    "08000119100", // Switchboard
    "08000121700", // Modern Slavery Helpline
    "08000271234", // Scotland's Domestic Abuse Helpline
    "08000280285", // NSPCC for whistleblowers
    "08000283550", // NSPCC on female genital mutilation
    "08000684141", // Papyrus
    "08001111",    // Childline
    "08001448848", // Citizens Advice
    "08004320804", // Gangmasters and Labour Abuse Authority
    "08004708090", // The Silver Line
    "0800555111",  // Crimestoppers
    "0800585858",  // CALM
    "08005999247", // Karma Nirvana
    "08006781602", // Age UK
    "0800789321",  // Anti-terrorist hotline
    "08008886678", // Dementia UK
    "08009177650", // Alcoholics Anonymous
    "08009995428", // Galop
    "08081000900", // Stop It Now
    "08081689111", // Victim Support
    "08082000247", // National Domestic Abuse Helpline
    "08082231133", // Citizens Advice for consumers
    "08085002222", // Rape Crisis
    "08088002222", // Family Lives
    "08088004444", // Shelter
    "08088005000", // NSPCC
    "08088010327", // Men's Advice Line
    "08088010331", // NAPAC
    "08088010366", // Family Rights Group
    "08088010400", // Mermaids
    "08088010800", // Live Fear Free
    "08088020021", // Winston's Wish
    "08088020133", // GamCare
    "08088020300", // National Stalking Helpline
    "08088021414", // Northern Ireland's Domestic Abuse Helpline
    "08088023456", // Meic
    "08088024040", // Respect
    "08088025544", // YoungMinds
    "08088029999", // Rape Crisis, former
    "08088081677", // Cruse
    "08088084994", // The Mix
    "08088087777", // Carers UK
    "08088088141", // Hourglass
    "08700003344", // CEOP
    "116000",      // Missing People
    "116123",      // Samaritans
];

/// Whether a number, given as digits, is in the list.
pub(crate) fn is_helpline(number: &str) -> bool {
    NUMBERS.binary_search(&number).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_in_order() {
        assert!(NUMBERS.is_sorted());
        assert!(is_helpline("08001111") && !is_helpline("01632960123"));
    }
}

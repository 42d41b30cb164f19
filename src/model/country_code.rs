//! Codes of countries: the three letters that stand for the same as two.

/// ISO 3166-1 as of 2026: of each country and territory the two letters of alpha-2 and the three of alpha-3, by
/// the alphabet.
const CODES: [&str; 14] = [
    "ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD",
    "BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN",
    "CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU",
    "DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB",
    "GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG",
    "HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN",
    "KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU",
    "LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR",
    "MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL",
    "OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB",
    "RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP",
    "SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN",
    "TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF",
    "ZMZMB ZWZWE",
];

/// The ISO 3166-1 alpha-3 code of an alpha-2 code in capitals: `DEU` for `DE`. None for other codes,
/// as those of provinces. O(1): there are 249.
pub fn alpha_3(alpha_2: &str) -> Option<&'static str> {
    let mut codes = CODES.iter().flat_map(|line| line.split(' '));
    codes.find_map(|both| both.strip_prefix(alpha_2).filter(|rest| alpha_2.len() == 2 && rest.len() == 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_three_letters() {
        let all: Vec<&str> = CODES.iter().flat_map(|line| line.split(' ')).collect();
        assert_eq!(all.len(), 249);
        assert!(all.is_sorted() && all.iter().all(|both| both.len() == 5));
        for (two, three) in [("DE", "DEU"), ("GB", "GBR"), ("CH", "CHE"), ("AD", "AND"), ("ZW", "ZWE")] {
            assert_eq!(alpha_3(two), Some(three));
        }
        for none in ["", "D", "XX", "CA-QC", "de", "DEU", "DEDEU"] {
            assert_eq!(alpha_3(none), None, "{none}");
        }
    }
}

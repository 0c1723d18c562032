// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title CivilDate
/// @notice Writes a Unix time as a date of the Gregorian calendar, in UTC.
library CivilDate {
    /// @dev Days from 0000-03-01 to 1970-01-01: counting years from March puts the leap day at their end.
    uint256 private constant _EPOCH = 719_468;
    uint256 private constant _DAYS_IN_ERA = 146_097; // 400 years
    uint256 private constant _DAYS_IN_CENTURY = 36_524;
    uint256 private constant _DAYS_IN_FOUR_YEARS = 1_461;

    /// @notice Returns `time`, in seconds, as `YYYY-MM-DD`; right for the years 1970 to 9999.
    function format(uint256 time) internal pure returns (string memory) {
        (uint256 year, uint256 month, uint256 day) = fromTime(time);
        return string.concat(Strings.toString(year), "-", _two(month), "-", _two(day));
    }

    /// @notice Returns year, month (1 to 12) and day (1 to 31) of `time`, in seconds.
    function fromTime(uint256 time) internal pure returns (uint256 year, uint256 month, uint256 day) {
        uint256 dayCount = time / 1 days + _EPOCH;
        uint256 era = dayCount / _DAYS_IN_ERA;
        uint256 dayOfEra = dayCount % _DAYS_IN_ERA;

        // The leap days that the count holds are taken out, so that every year has 365: one each four years, less one
        // each century, and the one at the very end of the era.
        uint256 leapDays =
            dayOfEra / (_DAYS_IN_FOUR_YEARS - 1) - dayOfEra / _DAYS_IN_CENTURY + dayOfEra / (_DAYS_IN_ERA - 1);
        uint256 yearOfEra = (dayOfEra - leapDays) / 365;
        uint256 dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);

        // From March on, months have 31, 30, 31, 30, 31 days and again: 153 days in five months.
        uint256 monthFromMarch = (5 * dayOfYear + 2) / 153;
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
    }

    function _two(uint256 value) private pure returns (string memory) {
        return string.concat(value < 10 ? "0" : "", Strings.toString(value));
    }
}
